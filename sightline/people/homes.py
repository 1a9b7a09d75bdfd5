"""Reading homes: where persons were seen to live, by which source, and who else was there."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sightline.people.models import Household, Residence
from sightline.rules.families.homes import Seen, Stay, stays


@dataclass(frozen=True)
class Homes:
    """Stays of persons, the home last seen first; households by id, as they are held."""

    stays: Mapping[int, list[Stay[int]]]
    households: Mapping[int, Household]
    together: Sequence[Sequence[int]]  # persons whom one source places at one home


COLUMNS = ("mention_id", "seen_on", "mention__source_id", "mention__source__label",
           "household_id", "household__address", "household__postcode")  # fmt: skip


def homes_of(person_by_mention: Mapping[int, int]) -> Homes:
    """Return where these mentions place their persons. One query; superseded sources are the
    caller's to leave out."""
    rows = Residence.objects.filter(mention__in=list(person_by_mention)).order_by("seen_on", "pk")
    seen: dict[int, list[Seen[int]]] = defaultdict(list)
    together: dict[tuple[int, int], list[int]] = defaultdict(list)
    households: dict[int, Household] = {}
    for mention, on, source, label, pk, address, postcode in rows.values_list(*COLUMNS):
        person = person_by_mention[mention]
        seen[person].append(Seen(pk, on, label))
        together[source, pk].append(person)
        households[pk] = Household(pk=pk, address=address, postcode=postcode)
    return Homes(
        {person: stays(found) for person, found in seen.items()}, households,
        list(together.values()),
    )  # fmt: skip
