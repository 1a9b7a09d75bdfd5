"""What happened to a family, over every household, as far as its reader may see it."""

from collections.abc import Iterator, Sequence

from sightline.actions.family import Family
from sightline.actions.telling import Decided, Entry, Happened, Of, Open, Story, how_open, tell
from sightline.meetings.dissenting import dissent_words
from sightline.people.kin import FAMILY
from sightline.people.models import Incident, Link, Presence, Role
from sightline.sharing.models import Item


def chronology(family: Family) -> list[Entry]:
    """Return what may be shown of everything on record, newest first."""
    names = {link.person_id: link.person.name for link in family.sight.shown}
    reasons = family.sight.sees_all(Item.DECISION)
    return tell(
        Story(
            alone=False,
            happened=_happened(family),
            decided=[
                Decided(
                    names[one.child_id],
                    one.decision,
                    one.decision.rationale * reasons,
                    dissent_words(one.decision, whole=reasons),
                )
                for one in family.decided
            ],
            actions=[
                (names[one.child_id], action) for one in family.decided for action in one.actions
            ],
            events=[(names[child], event) for child, event in family.events],
            notes=family.sight.sees_all(Item.ACTIONS),
        )
    )


def _happened(family: Family) -> Iterator[Happened]:
    if any(family.sight.sees(link.person_id, Item.INCIDENT) for link in family.sight.shown):
        whole = family.sight.sees_all(Item.INCIDENT)
        yield _told(family, family.incident, Open.WHOLE if whole else Open.PART)
    for incident in family.earlier:
        there = family.there[incident.pk]
        if _seen(family, there):  # somebody in it is shared with the user, history included
            yield _earlier(family, incident, there)


def _seen(family: Family, there: Sequence[Link]) -> list[Link]:
    return [link for link in there if family.sight.sees(link.person_id, Item.HISTORY)]


def _earlier(family: Family, incident: Incident, there: Sequence[Link]) -> Happened:
    own = [link for link in there if link.mention.role in FAMILY]
    how = how_open(family.sight.sees(link.person_id, Item.HISTORY) for link in own)
    if how is Open.ELSEWHERE:
        shared = [Of(link.mention, link.person.name, voice=False) for link in _seen(family, there)]
        children = sum(link.mention.role == Role.CHILD for link in there)
        return Happened(incident, how, "", shared, children)
    restricted = any(link.person.restricted_at is not None for link in there)
    return _told(family, incident, Open.PART if restricted else how)


def _told(family: Family, incident: Incident, how: Open) -> Happened:
    """An incident of this family, with each child who may be shown: what it saw and said."""
    children = [
        Of(link.mention, link.person.name, family.sight.sees(link.person_id, Item.VOICE))
        for link in family.there[incident.pk]
        if link.mention.role == Role.CHILD
        and link.mention.presence != Presence.UNBORN
        and family.sight.sees(link.person_id, Item.IDENTITY)
    ]
    return Happened(incident, how, _where(family, incident), children)


def _where(family: Family, incident: Incident) -> str:
    if incident.household is None:
        return ""
    if incident.household_id == family.incident.household_id:
        return ", this household"
    own = [link for link in family.there[incident.pk] if link.mention.role in FAMILY]
    seen = all(family.sight.sees(link.person_id, Item.HOUSEHOLD) for link in own)
    return f", {incident.household.street}" if seen else ", another household"
