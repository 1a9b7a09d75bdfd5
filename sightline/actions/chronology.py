"""What happened to a family, over every household, as far as its reader may see it."""

from collections.abc import Iterator, Sequence

from sightline.actions.family import Family
from sightline.actions.telling import Decided, Entry, Happened, Of, Open, Story, how_open, tell
from sightline.meetings.dissenting import dissent_words
from sightline.people.everybody import There
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
        if seen := _seen(family, incident):  # shared with the user, history included
            yield _earlier(family, incident, seen)


def _seen(family: Family, incident: Incident) -> list[Link]:
    there = family.there.get(incident.pk, ())
    return [link for link in there if family.sight.sees(link.person_id, Item.HISTORY)]


def _earlier(family: Family, incident: Incident, seen: Sequence[Link]) -> Happened:
    how = how_open(family.sight.sees(one.person, Item.HISTORY) for one in _own(family, incident))
    everybody = family.everybody[incident.pk]
    if how is Open.ELSEWHERE:
        shared = [Of(link.mention, link.person.name, voice=False) for link in seen]
        # Nobody restricted: a page must not say that there is somebody, not even by their number.
        children = {t.person for t in everybody if t.role == Role.CHILD and not t.is_restricted}
        return Happened(incident, how, "", shared, len(children))
    restricted = any(one.is_restricted for one in everybody)
    return _told(family, incident, Open.PART if restricted else how)


def _told(family: Family, incident: Incident, how: Open) -> Happened:
    """An incident of this family, with each child who may be shown: what it saw and said."""
    children = [
        Of(link.mention, link.person.name, family.sight.sees(link.person_id, Item.VOICE))
        for link in family.there.get(incident.pk, ())
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
    own = _own(family, incident)
    seen = all(family.sight.sees(one.person, Item.HOUSEHOLD) for one in own)
    seen = seen and incident.household_id not in family.sheltering
    return f", {incident.household.street}" if seen else ", another household"


def _own(family: Family, incident: Incident) -> list[There]:
    """The victims and children of an incident, hidden or not."""
    return [one for one in family.everybody[incident.pk] if one.role in FAMILY]
