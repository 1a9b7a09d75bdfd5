"""What of some mentions each agency may see: how a change of links widens or narrows it is said."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import Exists, OuterRef

from sightline.people.models import KeptFrom, Link
from sightline.sharing.models import Disclosure
from sightline.sharing.queries import FOR_EVERYBODY, OPEN_THOUGH_RESTRICTED

# By agency, by mention: the items that are open.
Reach = Mapping[int, Mapping[int, frozenset[str]]]


def reach(mention_ids: Collection[int], now: datetime) -> Reach:
    """Return what each agency may see of these mentions now, through whoever they are linked to.

    Two queries. Whether a user of the agency has a role that may look is not asked; what is open
    to one user by name is not the agency's.
    """
    links = Link.objects.filter(mention__in=mention_ids, ended_at__isnull=True)
    written: dict[int, list[int]] = defaultdict(list)
    for person, mention in links.values_list("person_id", "mention_id"):
        written[person].append(mention)
    kept = KeptFrom.objects.filter(
        person=OuterRef("person"), agency=OuterRef("agency"), ended_at__isnull=True
    )
    doors = Disclosure.objects.filter(
        OPEN_THOUGH_RESTRICTED, FOR_EVERYBODY, ~Exists(kept), person__in=list(written),
        from_at__lte=now, until_at__gt=now,
    )  # fmt: skip
    found: dict[int, dict[int, frozenset[str]]] = defaultdict(lambda: defaultdict(frozenset))
    for agency, person, items in doors.values_list("agency_id", "person_id", "items"):
        for mention in written[person]:
            found[agency][mention] |= frozenset(items)
    return {agency: dict(by_mention) for agency, by_mention in found.items()}


def more_open(before: Reach, after: Reach) -> dict[int, dict[int, frozenset[str]]]:
    """Return what is open in `after` and was not in `before`, by agency and mention."""
    found: dict[int, dict[int, frozenset[str]]] = defaultdict(dict)
    for agency, by_mention in after.items():
        for mention, items in by_mention.items():
            if more := items - before.get(agency, {}).get(mention, frozenset()):
                found[agency][mention] = more
    return dict(found)
