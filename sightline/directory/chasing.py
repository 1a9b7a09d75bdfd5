"""Key adults whose names are old: the school is asked weekly, then the council's officer rings.

A name that nobody confirmed for a term may be of somebody who left: a message to them is lost time.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse

from sightline.common.clock import local_date
from sightline.common.mail import NotDelivered, hand_over
from sightline.directory.models import KeyAdult, School
from sightline.rules.encompass.key_adults import Standing, State, standing, to_ask
from sightline.rules.encompass.rules_file import rules_on

SUBJECT = "Please look at who is told"
BODY = """Please sign in and say whether the people who are told are still the right ones:

{link}

This e-mail holds no details on purpose. Do not reply to it.
"""
NOBODY = Standing(State.OFFICER, "Nobody is named who can sign in.")


@dataclass(frozen=True)
class Kept:
    """A school, who is told in it, and how it stands with the oldest of their names."""

    school: School
    people: tuple[KeyAdult, ...]
    standing: Standing


def schools_kept(schools: Iterable[School], on: date) -> list[Kept]:
    """Return how it stands with the key adults of these schools. One query."""
    found = _people_of(schools)
    return [_kept(school, found.get(school.pk, ()), on) for school in schools]


def _people_of(schools: Iterable[School]) -> Mapping[int, tuple[KeyAdult, ...]]:
    ids = [school.pk for school in schools]
    people = KeyAdult.objects.filter(school__in=ids, ended_on=None, user__is_active=True)
    found: dict[int, tuple[KeyAdult, ...]] = {}
    for one in people.select_related("user").order_by("deputy", "pk"):
        found[one.school_id] = (*found.get(one.school_id, ()), one)
    return found


def _kept(school: School, people: tuple[KeyAdult, ...], on: date) -> Kept:
    rules = rules_on(on)
    every = [standing(one.confirmed_on, on, rules) for one in people]
    worst = max(every, key=lambda one: list(State).index(one.state), default=NOBODY)
    return Kept(school, people, worst)


def ask_schools(now: datetime) -> int:
    """Ask every school whose names are old for new ones, once a week. Returns how many were asked.

    An address that fails keeps no other from being asked; raises NotDelivered at the end.
    """
    today = local_date(now)
    schools = School.objects.filter(agency__closed_on=None).order_by("pk")
    asked, failed = 0, ""
    for kept in schools_kept(list(schools), today):
        if kept.standing.state is State.CONFIRMED or not _is_time(kept, today):
            continue
        errors = [_ask(one, today) for one in kept.people]
        failed = next((error for error in errors if error), failed)
        asked += any(not error for error in errors)
    if failed:
        raise NotDelivered(failed)
    return asked


def _is_time(kept: Kept, today: date) -> bool:
    return any(to_ask(one.asked_on, today, rules_on(today)) for one in kept.people)


def _ask(one: KeyAdult, today: date) -> str:
    """Ask one key adult, unless it is too soon. Returns the kind of error, or ""."""
    if one.asked_on is not None and not to_ask(one.asked_on, today, rules_on(today)):
        return ""
    link = settings.BASE_URL + reverse("own-school")
    name = f"names-{one.pk}-{today:%Y%m%d}"
    error = hand_over(name=name, subject=SUBJECT, body=BODY.format(link=link), to=one.user.email)
    if error is not None:
        return type(error).__name__
    KeyAdult.objects.filter(pk=one.pk).update(asked_on=today)
    return ""
