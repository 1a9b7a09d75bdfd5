"""The table of who opens what, and asking every page as everybody.

`who_opens_what.csv` has a row for every page: of what it is (`about`), and who opens it of what is
disclosed, restricted, ended and never disclosed. Cells are codes of roles; "=" is "as disclosed".
"""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from sightline.access.models import User
from tests.policy.opened import KEY, STATES
from tests.policy.walk import ROOT

TABLE = ROOT / "tests" / "policy" / "who_opens_what.csv"
NOBODYS = "nobody's"  # a page about nothing that is somebody's: its role alone opens it
ELSEWHERE = "elsewhere"  # asked for in tests of its own, named in the last column
COLUMNS = ("page", "about", *STATES)
OPENED = {200, 302}  # a redirect leads on within what was opened, or to what comes first
# What fits into the holes of addresses, by their names, else by their kinds.
HOLES = {
    "tool": "dash", "row": "SH-10", "slug": "sharing-2026-1", "figure": "s0.table1", "int": "1",
    "uuid": str(KEY), "code": "V", "area": "V", "str": "s0.table1",
}  # fmt: skip
Openers = Mapping[str, tuple[str, ...]]  # by state: who opens it


@dataclass(frozen=True)
class Asked:
    """A page with a place in its address for what it is of, or without."""

    name: str
    route: str
    view: object

    @property
    def perms(self) -> frozenset[str]:
        return frozenset(getattr(self.view, "perms", ()))

    def address(self, about: str, ids: Mapping[str, object]) -> str:
        """Its address, for the one thing of a kind there is; other holes get what fits."""
        path = re.sub(r"<int:pk>", str(ids.get(about, 1)), self.route)
        path = re.sub(
            r"<(\w+):(\w+)>", lambda hole: HOLES.get(hole[2], HOLES.get(hole[1], "x")), path
        )
        return "/" + re.sub(r"<\w+>", "csv", path)


def guarded() -> list[Asked]:
    """Every page that asks for a role."""
    return [page for page in _walk(get_resolver().url_patterns) if page.perms]


def _walk(patterns: list, prefix: str = "") -> Iterator[Asked]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield Asked(pattern.name or "", route, pattern.callback)


@cache
def table() -> dict[str, dict[str, str]]:
    """The rows of the table, by page."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["page"]: row for row in csv.DictReader(file)}


def expected(row: Mapping[str, str]) -> Openers:
    """Who opens it by state, as the table says."""
    said = {state: row[state] for state in STATES}
    return {
        state: tuple((said["disclosed"] if cell == "=" else cell).split())
        for state, cell in said.items()
    }


def openers(
    page: Asked, about: str, ids: Mapping[str, object], who: Mapping[str, tuple[User, Client]]
) -> Openers:
    """Ask for a page as everybody whose role opens it, in every state. What is refused is refused
    to what is sent there too."""
    found = {}
    address = page.address(about, ids)
    for state, bring_about in STATES.items():
        if about == NOBODYS and state != "disclosed":
            found[state] = found["disclosed"]
            continue
        may = {code: client for code, (user, client) in who.items() if user.perms & page.perms}
        if state == "restricted":  # it only narrows
            may = {code: may[code] for code in found["disclosed"]}
        with transaction.atomic():
            bring_about()
            found[state] = tuple(
                code for code, client in may.items()
                if _opens(client, address, send=state == "never")
            )  # fmt: skip
            transaction.set_rollback(True)
    return found


def _opens(client: Client, address: str, *, send: bool) -> bool:
    """Whether it opens; `send`: where it does not, nothing can be sent there either."""
    with transaction.atomic():
        status = client.get(address).status_code
        if status == 404 and send:
            status = client.post(address, {}).status_code
            assert status in (404, 405), f"POST {address}: {status} where GET is 404"
        transaction.set_rollback(True)
    assert status in OPENED | {404, 405}, f"{address}: {status}"
    return status in OPENED


def as_row(page: Asked, about: str, found: Openers) -> str:
    """The line that says so in the table."""
    first = " ".join(found["disclosed"])
    cells = ["=" if found[s] == found["disclosed"] else " ".join(found[s]) for s in STATES]
    return ",".join([page.name, about, first, *cells[1:]])
