"""What of somebody is not shared with the reader, by the names of the items: that a page has such a
section is no secret, and whoever reads it has to know that there may be more."""

from collections.abc import Collection, Iterable

from sightline.sharing.models import CASE_ITEMS, Item


def not_shared(items: Collection[str], among: Iterable[Item] = CASE_ITEMS) -> str:
    """Return in words which of `among` are not open; "" where all are."""
    shut = [item.label for item in among if item not in items]
    return f"Not shared with your agency: {', '.join(shut).lower()}." if shut else ""
