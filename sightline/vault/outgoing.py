"""Nothing leaves with a protected address in it: what is asked of everything on its way out.

Texts are searched for the signs of what is kept, by digest: one query a text that has anything like
an address in it, none for one that has not, however much is protected.
"""

from collections import Counter
from collections.abc import Collection

from django.db import connection
from django.db.models import Q

from sightline.common.mail import HeldBack
from sightline.common.wall import Purpose, acting_for
from sightline.rules.scanning.signs import Sign, signs
from sightline.vault.alarms import held_back
from sightline.vault.entries import marked
from sightline.vault.keys import ring
from sightline.vault.models import Print

Shown = Collection[tuple[str, int]]  # ("address" or "contact", id): what may be in it


def leaks(text: str, *, may_hold: Shown = (), echo: str = "") -> list[Print]:
    """Return what protected things stand in a text that may not.

    `echo`: what the reader wrote in this very request. Told back to them, as often as they wrote
    it, it gives nothing away; holding it back would tell them that it is protected.
    """
    found = signs(text)
    if not found:
        return []
    written = signs(echo) if echo else Counter[Sign]()
    digests = [
        marked(sign, key)
        for sign, count in found.items()
        if count > written[sign]
        for key in ring().keys
    ]
    with acting_for(Purpose.LEAVING):
        if not digests or not (ids := _held(digests)):
            return []
        prints = Print.objects.filter(pk__in=ids).exclude(_allowed(may_hold))
        return list(prints.select_related("address", "contact"))


def _held(digests: list[bytes]) -> list[int]:
    """Return the prints that are one of these. An array is one parameter, however long it is."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select id from vault_print where digest = any(%s) and released_at is null", [digests]
        )
        return [pk for (pk,) in cursor.fetchall()]


def _allowed(may_hold: Shown) -> Q:
    allowed = Q(pk=None)
    for kind, pk in may_hold:
        allowed |= Q(**{f"{kind}_id": pk})
    return allowed


def no_mail_with_an_address(name: str, text: str) -> None:
    """Ask of every e-mail before it goes. Raises HeldBack, having raised the alarm."""
    if found := leaks(text):
        held_back(found, way="mail", place=name.partition("-")[0], reader="")
        raise HeldBack
