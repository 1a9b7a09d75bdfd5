"""The pages at the top of every page, and who sees each.

This app is below `access`, so permissions are named by their codes; a test holds them to `Perm`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True)
class Place:
    """A page in the navigation: its words, the name of its URL, and the codes that open it."""

    words: str
    url_name: str
    perms: frozenset[str]


def _place(words: str, url_name: str, *perms: str) -> Place:
    return Place(words, url_name, frozenset(perms))


PLACES = (
    _place("Worklist", "worklist", "see_worklist"),
    _place("Who is this?", "link-reviews", "review_links"),
    _place("Search", "people-search", "search"),
    _place("Emergency", "emergency-new", "break_glass"),
    _place("Meetings", "meetings", "attend_meetings"),
    _place("Actions", "actions", "work_actions"),
    _place("Escalated to you", "escalations", "see_escalations"),
    _place("Messages about pupils", "notices", "receive_notices"),
    _place("Schools to ring", "unread-notices", "chase_schools"),
    _place("Schools", "schools", "chase_schools"),
    _place("Who is told here", "own-school", "receive_notices"),
    _place("What did not arrive", "reconciliation", "see_worklist"),
    _place("Questions to your agency", "research-list", "answer_research"),
    _place("Send a notification", "notification-start", "send_notification"),
    _place("Sent notifications", "sent-notifications", "send_notification"),
    _place("Come back to you", "returned", "send_notification"),
    _place("Letters to senders", "letters", "send_notification", "see_worklist"),
    _place("Imports", "imports", "import_files"),
    _place("Safety alarms", "vault-alarms", "see_audit", "decide", "keep_safe"),
    _place("File audits", "file-audits", "audit_files"),
    _place("Opened in an emergency", "emergencies", "review_emergencies"),
    _place("Dashboard", "dashboards", "see_figures", "see_own_figures"),
    _place("Figures", "figures", "see_figures"),
    _place("Restricted records", "restrictions", "restrict"),
    _place("Who looked at what", "audit-reads", "see_audit"),
    _place("People with access", "users", "manage_users"),
)

# Where a day begins, by the first of these that the user may open.
FIRST_PAGES = (
    "worklist",
    "notification-start",
    "unread-notices",
    "notices",
    "actions",
    "research-list",
    "dashboards",
    "audit-reads",
    "users",
)


# How many things wait at a place, by the name of its URL: an app that knows says so when it starts.
COUNTERS: dict[str, Callable[[Any], int]] = {}


def _words(place: Place, user: Any) -> str:
    """The words of a place, with how many things wait there that nobody has taken note of."""
    counts = COUNTERS.get(place.url_name)
    count = counts(user) if counts and user.pk else 0
    return f"{place.words} ({count:,})" if count else place.words


def address_of(url_name: str) -> str | None:
    """Return the address of a named page, or None while no app offers it."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return None


def places_for(user: Any) -> list[tuple[Place, str]]:
    """Return the places this user may go to, each with its address, in their order."""
    perms: frozenset[str] = getattr(user, "perms", frozenset())
    open_to = [place for place in PLACES if place.perms & perms]
    return [(place, url) for place in open_to if (url := address_of(place.url_name))]


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the navigation items of a request in the shape the component takes.

    The page's frame asks twice, to see whether its header is empty; what waits is counted once.
    """
    counted: list[dict[str, Any]] | None = getattr(request, "navigation", None)
    if counted is None:
        counted = request.navigation = _items(request)  # type: ignore[attr-defined]
    return counted


def _items(request: HttpRequest) -> list[dict[str, Any]]:
    match = request.resolver_match
    here = match.url_name if match else None
    places = places_for(request.user)
    above = [url for _, url in places if url != "/" and request.path.startswith(url)]
    nearest = max(above, key=len, default=None)  # "/notifications/new/", not "/notifications/"
    return [
        {
            "text": _words(place, request.user),
            "href": url,
            "current": place.url_name == here,
            "active": url == nearest,
        }
        for place, url in places
    ]


def first_page(user: Any) -> str | None:
    """Return the address where this user's day begins, or None when no page is open to them."""
    addresses = {place.url_name: url for place, url in places_for(user)}
    return next((addresses[name] for name in FIRST_PAGES if name in addresses), None)
