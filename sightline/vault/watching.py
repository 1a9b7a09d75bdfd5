"""A safe address that turns up as the address of an incident: whom it was kept from knows it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sightline.people.models import Incident, Mention, Source
from sightline.rules.linkage.identifiers import postcode
from sightline.rules.scanning.signs import Kind, signs_of_address
from sightline.vault.alarms import raise_alarm
from sightline.vault.entries import Address
from sightline.vault.models import Print, SafeAddress, What
from sightline.vault.outgoing import leaks

LATELY = 5  # incidents of an address that are named when it becomes a safe one


def watch(sources: Sequence[Source], now: datetime) -> None:
    """Raise an alarm for each of these sources that has a safe address in it.

    One query where none of them has, however many there are. A postcode alone is no alarm: the
    address beside it is another one.
    """
    written = _written([source.pk for source in sources])
    if not _houses(" | ".join(text for texts in written.values() for text in texts)):
        return
    for source in sources:
        for found in _houses(" | ".join(written.get(source.pk, ()))):
            raise_alarm(What.INCIDENT, now, address=found.address, incident=source.incident)


def _written(source_ids: Iterable[int]) -> dict[int, list[str]]:
    """Return the addresses in each source, the incident's too."""
    found: dict[int, list[str]] = {}
    mentions = Mention.objects.filter(source__in=list(source_ids))
    for source, address, happened in mentions.values_list(
        "source_id", "address", "source__incident__household__address"
    ):
        found.setdefault(source, []).extend(filter(None, (address, happened)))
    return found


def _houses(text: str) -> list[Print]:
    return [p for p in leaks(text) if p.kind == Kind.HOUSE and p.address_id]


def look_back(entry: SafeAddress, address: Address, now: datetime) -> None:
    """When an address becomes a safe one: raise the alarm for incidents that happened there."""
    if not (area := postcode(address.postcode)):
        return
    signs = {s for s in signs_of_address(address.lines) if s.kind is Kind.HOUSE}
    there = Incident.objects.filter(household__postcode=area).select_related("household")
    for incident in there.order_by("-started_at")[:LATELY]:
        if incident.household and signs & signs_of_address(incident.household.address):
            raise_alarm(What.INCIDENT, now, address=entry, incident=incident)
