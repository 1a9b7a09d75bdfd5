"""Telling whoever answers for an agency that questions wait, by an e-mail that says nothing more.

Only in working hours, and only those who are there: of somebody absent, the deputy is told.
"""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db.models import Max
from django.urls import reverse

from sightline.access.cover import cover_of
from sightline.access.models import User
from sightline.access.roles import Perm
from sightline.common.clock import local_date
from sightline.common.mail import NotDelivered, hand_over
from sightline.research.models import ListTold, ResearchRequest
from sightline.rules.calendar import england_and_wales
from sightline.rules.research.rules_file import rules_on
from sightline.rules.working_hours import clock_starts
from sightline.sharing.team import OPEN_FOR

SUBJECT = "Questions are waiting for your agency"
BODY = """The screening team asks what your agency knows. Please sign in and answer:

{link}

This e-mail holds no details on purpose. Do not reply to it.
"""


def tell_of_questions(*, now: datetime) -> int:
    """Tell everybody who has not been told since the last question to their agency came.

    Returns how many were told; outside working hours nobody is. An address that fails keeps no
    other from being told; raises NotDelivered at the end, so that the rest is tried again. A crash
    may send one e-mail twice, and loses none.
    """
    if clock_starts(now, rules_on(local_date(now)).hours.day, england_and_wales()) > now:
        return 0
    told, failed = 0, ""
    for user, since in list(_untold(now)):
        error = _hand_over(user, since)
        if error is None:
            ListTold.objects.create(user=user, told_at=now)
            told += 1
        else:
            failed = type(error).__name__
    if failed:
        raise NotDelivered(failed)
    return told


def _untold(now: datetime) -> Iterator[tuple[User, datetime]]:
    """Yield who is to be told, with when the newest question to their agency was asked."""
    waiting = ResearchRequest.objects.filter(
        ResearchRequest.OPEN, agency__isnull=False, asked_at__gt=now - OPEN_FOR
    )
    newest = dict(waiting.values_list("agency").annotate(Max("asked_at")))
    cover = cover_of(newest, Perm.ANSWER_RESEARCH, local_date(now))
    there = [user for one in cover.values() for user in one.here]
    told = ListTold.objects.filter(user__in=there).values_list("user").annotate(Max("told_at"))
    last = dict(told)
    for user in there:
        since = newest[user.agency_id]
        if user.pk not in last or last[user.pk] < since:
            yield user, since


def _hand_over(user: User, since: datetime) -> OSError | None:
    link = settings.BASE_URL + reverse("research-list")
    name = f"questions-{user.pk}-{int(since.timestamp())}"
    return hand_over(name=name, subject=SUBJECT, body=BODY.format(link=link), to=user.email)
