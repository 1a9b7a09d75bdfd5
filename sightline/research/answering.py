"""Answering what an agency is asked: here, many at once, on behalf of an agency, by machine.

An answer speaks of everybody who is asked about, and skips no prompt. A later one supersedes it.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sightline.access.models import SenderToken, User
from sightline.access.queries import require
from sightline.access.roles import Perm
from sightline.audit.commands import record
from sightline.common.announce import announce
from sightline.common.clock import local_date
from sightline.common.errors import ChangedMeanwhile, NotUnderstood, WrongMoment
from sightline.research.commands import locked
from sightline.research.doors import set_doors
from sightline.research.models import (
    Basis,
    How,
    Known,
    MayShare,
    ResearchAnswer,
    ResearchRequest,
    Told,
)
from sightline.research.reading import standing

PROMPTS = {
    "worker": ("who works with them", 120),
    "telephone": ("the telephone number", 40),
    "since": ("since when, or that it is not known", 60),
    "matters": ("what matters for risk, or that nothing does", 4000),
}


@dataclass(frozen=True, kw_only=True)
class Says:
    """What is said of one person. last_seen: empty where it is not known when, or never.

    Of somebody who is known every prompt has an answer; of somebody who was not checked, `matters`
    says why not.
    """

    known: str
    worker: str = ""
    telephone: str = ""
    since: str = ""
    last_seen: date | None = None
    concern: bool | None = None
    matters: str = ""
    may_share: str = ""
    basis: str = ""


@dataclass(frozen=True)
class Giver:
    """Who answers, and how: a user here or on behalf of an agency, or an agency's machine.

    told_by: on paper or by telephone, who of the agency said so. key: what a machine sent it under.
    """

    how: How
    by: User | None = None
    token: SenderToken | None = None
    told_by: str = ""
    key: str = ""


NOTHING = Says(known=Known.NOTHING)


@transaction.atomic
def answer(
    *,
    request: ResearchRequest,
    says: Mapping[int, Says],
    giver: Giver,
    seen: int | None = None,
    now: datetime,
) -> ResearchAnswer:
    """Write down what an agency knows, by the id of who was asked about (`Asked`).

    The same said again, or sent again by a machine under one key, is the answer there is. `seen`:
    the id of the answer that the page showed, 0 for none; None where there was no page. Raises
    PermissionDenied for another agency's, NotUnderstood for a prompt that is skipped or somebody
    who is left out, WrongMoment for what was withdrawn, ChangedMeanwhile where another answer than
    the one seen stands.
    """
    request = locked(request)
    _may_answer(request, giver)
    before = _stands(request)
    if before is not None and before.digest == digest_of(says, giver):
        return before
    if request.withdrawn_at is not None:
        because = request.withdrawn_because
        raise WrongMoment(f"This was withdrawn: {because}. There is nothing to answer any more.")
    clean = _checked(request, says, giver, now)
    if before is not None and seen is not None and before.pk != seen:
        raise ChangedMeanwhile(
            f"{_who(before)} answered while this page was open. That answer is shown beside what "
            "you wrote; send yours again to put it in its place."
        )
    if before is not None:
        before.superseded_at = now
        before.save(update_fields=["superseded_at"])
    given = _write(request, clean, digest_of(says, giver), giver, now)
    request.answered_at = now
    request.nothing_known = all(one.known == Known.NOTHING for one in clean.values())
    request.save(update_fields=["answered_at", "nothing_known"])
    record("research.answered", request, by=giver.by, at=now, how=giver.how.value)
    set_doors([request], by=giver.by, now=now)
    announce("research.answered", request.incident_id)
    return given


def answer_nothing(
    *, requests: Iterable[ResearchRequest], by: User, now: datetime
) -> list[ResearchRequest]:
    """Say of everybody whom these ask about that nothing is known, one click for many.

    Returns those that were answered by this: what has an answer or was withdrawn meanwhile is left
    as it is.
    """
    wanted = list(requests)
    how = How.OWN if len(wanted) == 1 else How.BULK
    return [r for r in wanted if _answer_nothing(r, Giver(how, by=by), now)]


@transaction.atomic
def _answer_nothing(request: ResearchRequest, giver: Giver, now: datetime) -> bool:
    request = locked(request)
    _may_answer(request, giver)
    if not request.is_open:
        return False
    says = dict.fromkeys(_asked(request), NOTHING)
    answer(request=request, says=says, giver=giver, now=now)
    return True


def _may_answer(request: ResearchRequest, giver: Giver) -> None:
    """Whoever answers is of the agency; on its behalf answers who chases agencies."""
    if giver.token is not None:
        if giver.token.agency_id != request.agency_id:
            raise PermissionDenied
        return
    if giver.how == How.PAPER:
        require(giver.by, Perm.CHASE_AGENCIES)
        if request.agency_id is None:
            raise WrongMoment("Choose first which agency is asked.")
        return
    by = require(giver.by, Perm.ANSWER_RESEARCH)
    if request.agency_id is None or by.agency_id != request.agency_id:
        raise PermissionDenied


def _who(given: ResearchAnswer) -> str:
    return given.told_by or (given.answered_by.name if given.answered_by else "Another system")


def _stands(request: ResearchRequest) -> ResearchAnswer | None:
    return request.answers.filter(superseded_at__isnull=True).first()


def _asked(request: ResearchRequest) -> list[int]:
    return list(standing([request]).order_by("pk").values_list("pk", flat=True))


def _checked(
    request: ResearchRequest, says: Mapping[int, Says], giver: Giver, now: datetime
) -> dict[int, Says]:
    if set(says) != set(_asked(request)):
        raise NotUnderstood(
            "Whom this asks about has changed since the page was opened. Look at it again."
        )
    if giver.how == How.PAPER and not giver.told_by.strip():
        raise NotUnderstood("Say who of the agency answered.")
    wrong = [fault.words for one in says.values() for fault in faults(one, local_date(now))]
    if wrong:
        raise NotUnderstood(*dict.fromkeys(wrong))
    return {pk: _only_what_counts(one) for pk, one in says.items()}


class Fault(NamedTuple):
    """What is wrong with which part of what was said, in words that say what to do."""

    field: str
    words: str


def faults(says: Says, today: date) -> list[Fault]:
    """Return what is missing or cannot be; nothing for a whole answer."""
    if says.known not in Known.values:
        return [Fault("known", "Say whether the person is known to you.")]
    if says.known == Known.NOTHING:
        return []
    if says.known == Known.NOT_CHECKED:
        why = Fault("matters", "Say why it was not checked.")
        return [] if says.matters.strip() else [why]
    return [*_missing(says), *_not_chosen(says, today)]


def _missing(says: Says) -> Iterator[Fault]:
    for name, (words, most) in PROMPTS.items():
        written = getattr(says, name).strip()
        if not written:
            yield Fault(name, f"Say {words}.")
        elif len(written) > most:
            yield Fault(name, f"Say {words}, in {most} characters at most.")


def _not_chosen(says: Says, today: date) -> Iterator[Fault]:
    if says.concern is None:
        yield Fault("concern", "Say whether what you know is a concern.")
    if says.may_share not in MayShare.values:
        yield Fault("may_share", "Say whether it may be shared.")
    if says.basis not in Basis.values:
        yield Fault("basis", "Say on what basis it is shared.")
    if says.last_seen is not None and says.last_seen > today:
        yield Fault("last_seen", "The day somebody was last seen must not be to come.")


def _only_what_counts(says: Says) -> Says:
    """Nothing that was typed before somebody was said not to be known is kept."""
    if says.known == Known.KNOWN:
        return says
    return Says(known=says.known, matters=says.matters if says.known != Known.NOTHING else "")


def digest_of(says: Mapping[int, Says], giver: Giver) -> str:
    """Return what tells whether the same is said again, word for word."""
    said = {str(pk): asdict(_only_what_counts(one)) for pk, one in says.items()}
    whole = json.dumps([said, giver.told_by.strip(), giver.key], default=str, sort_keys=True)
    return hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest()


def _write(
    request: ResearchRequest, says: Mapping[int, Says], digest: str, giver: Giver, now: datetime
) -> ResearchAnswer:
    given = ResearchAnswer.objects.create(
        request=request, how=giver.how, answered_at=now, answered_by=giver.by, token=giver.token,
        told_by=giver.told_by.strip()[:200], key=giver.key, digest=digest,
    )  # fmt: skip
    Told.objects.bulk_create(
        Told(answer=given, asked_id=pk, **{k: _trimmed(v) for k, v in asdict(one).items()})
        for pk, one in says.items()
    )
    return given


def _trimmed(value: object) -> object:
    return value.strip() if isinstance(value, str) else value
