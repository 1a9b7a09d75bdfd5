"""The rules in words, and who has signed which of them."""

from datetime import datetime

from django.db import transaction

from sightline.access.models import User
from sightline.access.queries import require
from sightline.access.roles import Perm
from sightline.audit.commands import record
from sightline.common.errors import WrongMoment
from sightline.rules.handbook.parts import Chapter
from sightline.sharing.models import SignOff


def signatures(chapter: Chapter) -> list[SignOff]:
    """Return who signed the chapter in the words it has now, the latest first."""
    signed = SignOff.objects.filter(key=chapter.key, digest=chapter.digest)
    return list(signed.select_related("signed_by__agency").order_by("-signed_at"))


@transaction.atomic
def sign_off(*, chapter: Chapter, read: str, note: str, by: User, now: datetime) -> SignOff:
    """Sign a chapter; signing it twice is signing it once.

    `read`: the digest of the words that were on the page. Raises WrongMoment when they are others
    by now.
    """
    require(by, Perm.SEE_AUDIT)
    if read != chapter.digest:
        raise WrongMoment("This chapter has changed since you opened it. Read it again, then sign.")
    signed, made = SignOff.objects.get_or_create(
        key=chapter.key,
        digest=chapter.digest,
        signed_by=by,
        defaults={"note": " ".join(note.split()), "signed_at": now},
    )
    if made:
        record("rules.signed", signed, by=by, at=now, key=chapter.key)
    return signed
