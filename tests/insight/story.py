"""A story in which everything changes that figures count, one thing an hour."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import partial

from sightline.actions.commands import AgreedAction, agree_actions
from sightline.actions.doing import decline, start
from sightline.actions.models import Action
from sightline.actions.outcomes import record_outcome
from sightline.actions.settling import keep, withdraw
from sightline.meetings.commands import decide
from sightline.people.changes import join, split
from sightline.people.models import Link
from sightline.rules.social_care import Said
from sightline.screening.commands import set_scale
from sightline.screening.models import Screening
from tests.world import DANIEL, IVY, LEILA, MARIA, NOAH, SAM, World, notification

HOUR = timedelta(hours=1)
LAYLA = LEILA | {
    "given_name": "Layla", "surname": "Crow", "birth_date": "2016-11-02",
    "nhs_number": "9990000034",
}  # fmt: skip
LATER = date(2027, 6, 1)

Step = Callable[[datetime], object]


def told(world: World) -> Iterator[tuple[str, datetime]]:
    """Have it happen, and yield what happened and when, after each time."""
    for hour, step in enumerate(_steps(world)):
        at = world.now + hour * HOUR
        step(at)
        yield getattr(step, "func", step).__name__, at


def _steps(world: World) -> list[Step]:
    return [
        partial(_notified, world, "NM-1", (MARIA, DANIEL, LEILA, SAM), 0),
        partial(_notified, world, "NM-2", (IVY, DANIEL, LAYLA, NOAH), 0),
        partial(_notified, world, "NM-0", (MARIA, DANIEL, LEILA), 40),  # late, so it comes between
        partial(_decided, world, "Leila", 3, "CFA"),
        partial(_agreed, world),
        partial(_cared_for, world, None),
        partial(_begun, world),
        partial(_cared_for, world, date(2026, 11, 21)),
        partial(_corrected, world),
        partial(_decided, world, "Leila", 3, "STRATEGY"),
        partial(_carried_over, world),
        partial(_joined, world),
        partial(_parted, world),
        partial(_notified, world, "NM-3", (MARIA, LEILA, SAM), 0),
    ]


def _notified(world, reference, people, days, at):
    when = (at - timedelta(days=days)).isoformat()
    body = notification(reference, *people, notified_at=when)
    body["incident"] |= {"started_at": when}
    world.notify(body, now=at)


def _decided(world, name, scale, outcome, at):
    chair, health = world.user("chair"), world.cast.agencies["health"]
    screening = _screening(name)
    if screening.scale is None:
        set_scale(screening=screening, scale=scale, because="Weighed with what health knows.",
                  second_agency=health, by=chair, now=at)  # fmt: skip
    decide(screening=screening, outcome=outcome, rationale="He hurt their mother.", by=chair,
           now=at)  # fmt: skip


def _screening(name):
    of_child = Screening.objects.filter(mention__given_name=name, withdrawn_at=None)
    return of_child.filter(incident__reference="LOG-NM-1").latest("pk")


def _agreed(world, at):
    agencies = world.cast.agencies
    wanted = [AgreedAction(agencies[key], what, LATER) for key, what in (
        ("care", "Assessment"), ("refuge", "Plan"), ("refuge", "Mistake"), ("early_help", "Offer"),
    )]  # fmt: skip
    decision = _screening("Leila").decisions.get(replaced_at=None)
    agree_actions(decision=decision, by=world.user("chair"), now=at, actions=wanted)


def _begun(world, at):
    named = {action.what: action for action in Action.objects.all()}
    start(action=named["Assessment"], by=world.user("socialworker"), now=at)
    decline(action=named["Plan"], because="Full.", by=world.user("idva"), now=at)
    withdraw(action=named["Mistake"], because="Not theirs.", by=world.user("chair"), now=at)


def _cared_for(world, ended_on, at):
    factors = ("3A", "3B", "4B", "1B") if ended_on else ()
    said = Said(
        kind="family_assessment", on=date(2026, 11, 21), ended_on=ended_on, factors=factors
    )  # fmt: skip
    record_outcome(screening=_screening("Leila"), said=said, by=world.user("chair"), now=at)


def _joined(world, at):
    join(gone=world.person("Layla"), stays=world.person("Leila"), because="Her aunt says so.",
         by=world.user("chair"), now=at)  # fmt: skip


def _parted(world, at):
    mention = world.mention("Layla")
    person = Link.objects.get(mention=mention, ended_at=None).person
    split(person=person, mentions=[mention.pk], because="Another family.",
          by=world.user("chair"), now=at)  # fmt: skip


def _corrected(world, at):
    body = notification("NM-1", MARIA, DANIEL, LEILA, version=2)
    world.notify(body, now=at)


def _carried_over(world, at):
    keep(action=Action.objects.get(what="Assessment"), by=world.user("chair"), now=at)
