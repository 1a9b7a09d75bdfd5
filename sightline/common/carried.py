"""Carrying one thing from page to page: the place on a meeting's list that is being worked on.

It is in the address, as a number that says nothing of anybody, so that every page goes back to the
meeting without a session, in two windows at once.
"""

from urllib.parse import urlencode

from django.http import HttpRequest

from sightline.common.sent import key_in

NAME = "item"


def carried(address: str, item: int) -> str:
    """Return an address that carries the place; the address alone where there is none."""
    return f"{address}?{urlencode({NAME: item})}" if item else address


def item_carried(request: HttpRequest) -> int:
    """Return the place that a request carries, or 0."""
    said = request.GET.get(NAME, "")
    return key_in(said)
