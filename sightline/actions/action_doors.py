"""The narrow door of an action: what its agency sees of the child and of whom it works with."""

from datetime import datetime, time, timedelta

from sightline.access.models import AgencyKind, User
from sightline.actions.models import Action
from sightline.common.clock import local_date
from sightline.people.models import Link, Mention, Role
from sightline.people.queries import persons_of
from sightline.rules.due import LONDON
from sightline.sharing.commands import FOR_ACTION, Door, Grant, close, disclose
from sightline.sharing.models import Item, Level, Origin

OPEN_FOR = timedelta(days=28)  # our rule: after the day an action is due, or is completed

# A domestic abuse service works with the victim, a programme with the perpetrator; any other
# agency's action is for the child alone.
ALSO = {
    AgencyKind.DOMESTIC_ABUSE: (Role.VICTIM, Role.BOTH_ALLEGED),
    AgencyKind.PERPETRATOR: (Role.PERPETRATOR, Role.BOTH_ALLEGED),
}
# Of a pair that a MARAC heard, these work with the perpetrator, and all others for the victim.
WITH_PERPETRATORS = (AgencyKind.PERPETRATOR, AgencyKind.PROBATION)

FOR_MARAC_ACTION = Grant(
    Origin.ACTION,
    (Item.IDENTITY, Item.ACTIONS),  # never where the victim lives: the vault's doors open that
    Level.SUMMARY,
    "Carrying out an action agreed for a victim who was heard at MARAC",
    FOR_ACTION.basis,
    "the agency agreed an action after a MARAC hearing",
)


def open_door(action: Action, *, by: User, now: datetime) -> None:
    """Open or keep open what the agency needs to see, for as long as the action justifies."""
    until = _closing(action, now)
    persons = concerned(action)
    doors = [Door(action.agency_id, person, str(action.pk), until) for person in persons]
    disclose(FOR_MARAC_ACTION if action.hearing_id else FOR_ACTION, doors, by=by, now=now)


def close_door(action: Action, *, now: datetime) -> None:
    """End what was opened for an action that nobody asks for any more."""
    close(FOR_ACTION, origin_id=str(action.pk), now=now)


def _closing(action: Action, now: datetime) -> datetime:
    """Return when the agency's door closes: 28 days after it is due, or after today if later;
    28 days from now once it is completed."""
    if action.completed_at is not None:
        return now + OPEN_FOR
    last = max(action.due_on, local_date(now)) + timedelta(days=1)
    return datetime.combine(last, time(0), LONDON) + OPEN_FOR


def concerned(action: Action) -> set[int]:
    """Return the persons whom an action concerns: the child, and adults by the kind of agency; of a
    pair the one with whom the agency works."""
    screening = action.screening
    if screening is None:
        return set(persons_of([_worked_with(action)]).values())
    adults = Link.objects.filter(
        mention__source__incident=screening.incident_id,
        mention__source__superseded_at__isnull=True,
        mention__role__in=ALSO.get(AgencyKind(action.agency.kind), ()),
        ended_at__isnull=True,
    )
    child = persons_of([screening.mention]).values()
    return {*child, *adults.values_list("person_id", flat=True)}


def _worked_with(action: Action) -> Mention:
    if action.referral is not None and action.agency.kind in WITH_PERPETRATORS:
        return action.referral.perpetrator
    return action.concerns
