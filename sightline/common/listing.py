"""What lists are made of: the colours of tags and the links to further pages."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict

from sightline.common.wall import Purpose, acting_for

# The word says what is so; the colour only helps to find it again.
TAG_COLOURS = {
    "late": "govuk-tag--red",
    "due": "govuk-tag--orange",
    "waiting": "govuk-tag--yellow",
    "going": "govuk-tag--blue",
    "done": "govuk-tag--green",
    "restricted": "govuk-tag--purple",
    "plain": "govuk-tag--grey",
}


def tag_class(kind: str) -> str:
    """Return the colour class of a kind of tag; KeyError for a kind that nobody defined."""
    return TAG_COLOURS[kind]


@acting_for(Purpose.CHECKING)
def page_of_all(found: QuerySet[Any], number: str | None, *, size: int) -> Page[Any]:
    """Return a page of what is listed without names, also of whom no door is open to the reader.

    Only what is loaded with it: what the rows say of persons and places is asked for afterwards, as
    the reader.
    """
    return page_of_seen(found, number, size=size)


def page_of_seen(found: QuerySet[Any], number: str | None, *, size: int) -> Page[Any]:
    """Return a page of rows that the reader sees, where `found` says itself which those are.

    Which rows are on the page is asked without the wall, by their keys; what they say is asked by
    the reader. Else the wall would ask the ledger of every row that could be listed. A row that the
    wall keeps back all the same is left out.
    """
    page = _keys(found, number, size)
    page.object_list = list(found.filter(pk__in=page.object_list))
    return page


@acting_for(Purpose.CHECKING)
def _keys(found: QuerySet[Any], number: str | None, size: int) -> Page[Any]:
    page = Paginator(found.values_list("pk", flat=True), size).get_page(number)
    page.object_list = list(page.object_list)
    return page


def page_links(page: Page[Any], query: QueryDict) -> dict[str, Any]:
    """Return the pagination of a page of results, keeping the other parts of the address."""
    paginator = page.paginator

    def to(number: int) -> dict[str, Any]:
        kept = query.copy()
        kept["page"] = str(number)
        return {"number": number, "href": f"?{kept.urlencode()}", "current": number == page.number}

    numbers = paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    params: dict[str, Any] = {
        "items": [to(n) if isinstance(n, int) else {"ellipsis": True} for n in numbers]
    }
    if page.has_previous():
        params["previous"] = to(page.previous_page_number())
    if page.has_next():
        params["next"] = to(page.next_page_number())
    return params
