"""The stages as durable tasks, and which happening starts which.

A task is enqueued in the transaction that it follows: both are kept or neither is. In a worker the
app itself speaks to the database over connections of its own, outside our transactions, so tasks
are enqueued through another app, which always uses Django's.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from contextvars import ContextVar
from functools import wraps
from typing import Any

import pghistory
import procrastinate
from django.conf import settings
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from sightline.accounts.confirming import keep_access_right as end_what_was_not_confirmed
from sightline.actions.feedback import give_feedback
from sightline.audit import sealing
from sightline.common.announce import subscribe
from sightline.common.clock import now
from sightline.common.wall import Actor, Purpose, acting, actor
from sightline.directory.chasing import ask_schools
from sightline.encompass import clocks, passing, reconciling
from sightline.encompass.sending import send_notice
from sightline.escalation.raising import escalate as raise_what_is_late
from sightline.escalation.sending import mail_escalations
from sightline.geography.files.running import run as take_in_edition
from sightline.insight.snapshots.keeping import keep_snapshot
from sightline.letters.commands import write_letters as write_to_senders
from sightline.letters.sending import mail_letter
from sightline.meetings.inviting import send_invitation
from sightline.pathway import recovery, stages
from sightline.pathway.imports import run_here
from sightline.people.again import running
from sightline.people.again.nearby import look_near
from sightline.research.telling import tell_of_questions as tell_agencies
from sightline.sharing.following import follow_the_rows
from sightline.sharing.sending import mail_emergency
from sightline.vault.sending import mail_alarm

# Waits 5, 10, 15 ... seconds: a mail server may be down all night (150 tries take 15 hours).
AGAIN = procrastinate.RetryStrategy(max_attempts=150, linear_wait=5)
SOON = procrastinate.RetryStrategy(max_attempts=5, wait=2)

IN_TRANSACTION = procrastinate.App(connector=DjangoConnector())


@app.task(name="record", retry=AGAIN)
def record(subject: int) -> None:
    stages.record([subject], now())


@app.task(name="link", retry=AGAIN)
def link(subject: int) -> None:
    stages.link([subject], now())


@app.task(name="tell_schools", retry=AGAIN, priority=10)
def tell_schools(subject: int) -> None:
    stages.tell_schools([subject], now())


@app.task(name="send_notice", retry=AGAIN, priority=10)
def send(subject: int) -> None:
    send_notice(subject, now=now())


@app.task(name="send_invitation", retry=AGAIN)
def invite(subject: int) -> None:
    send_invitation(subject, now=now())


@app.task(name="open_case", retry=AGAIN)
def open_case(subject: int) -> None:
    stages.open_cases([subject], now())


@app.task(name="ask_agencies", retry=AGAIN)
def ask(subject: int) -> None:
    stages.ask([subject], now())


@app.task(name="ask_again", retry=AGAIN)
def ask_again(subject: int) -> None:
    stages.ask_again(subject, now())


@app.task(name="read_record_again", retry=AGAIN)
def read_record_again(subject: int) -> None:
    stages.read_record_again(subject, now())


@app.task(name="renew_doors", retry=AGAIN)
def renew_doors(subject: int) -> None:
    stages.renew_doors(subject, now())


class StillRunningError(Exception):
    """Another process is taking the file in. It may be killed, so this task looks again later."""


@app.task(name="close_question", retry=AGAIN)
def close_question(subject: int) -> None:
    stages.close_question(subject, now())


@app.task(name="run_import", retry=AGAIN)
def run_import(subject: int) -> None:
    if run_here(subject).finished_at is None:
        raise StillRunningError


@app.task(name="take_in_reference", retry=AGAIN)
def take_in_reference(subject: int) -> None:
    if take_in_edition(subject, now=now).finished_at is None:
        raise StillRunningError


@app.task(name="look_near", retry=AGAIN)
def near(subject: int) -> None:
    look_near(subject, now=now())


@app.periodic(cron="30 2 * * *")
@app.task(name="look_again", retry=SOON)
def look_again(timestamp: int) -> None:
    """Every night: what came of the order in which mentions came is set right."""
    running.look_again(now=now())


@app.periodic(cron="* * * * *")
@app.task(name="tend", retry=SOON, priority=20)
def tend(timestamp: int) -> None:
    """Every minute: give back what a dead worker held, send on what lies about."""
    recovery.give_back_lost_jobs()
    recovery.send_on_their_way(now())


@app.periodic(cron="17 3 * * *")
@app.task(name="keep_questions_open", retry=SOON)
def keep_questions_open(timestamp: int) -> None:
    """Every night: a question that is still open can still be answered tomorrow."""
    stages.keep_questions_open(now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="seal_logs", retry=SOON)
def seal_logs(timestamp: int) -> None:
    """Every five minutes: what was done and seen is sealed, so that nobody can alter it unseen."""
    sealing.seal(now())


@app.periodic(cron="3,18,33,48 * * * *")
@app.task(name="keep_snapshot", retry=SOON, queueing_lock="keep_snapshot")
def write_snapshot(timestamp: int) -> None:
    """Every quarter of an hour: the snapshot that figures are counted over is written on."""
    keep_snapshot(now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="tell_of_questions", retry=SOON)
def tell_of_questions(timestamp: int) -> None:
    """Every ten minutes of working hours: agencies are told that questions wait."""
    tell_agencies(now=now())


@app.periodic(cron="7 * * * *")
@app.task(name="escalate", retry=SOON)
def escalate(timestamp: int) -> None:
    """Every hour: what is late is put before whoever's turn it is."""
    raise_what_is_late(now())


@app.periodic(cron="43 1 * * *")
@app.task(name="keep_access_right", retry=SOON)
def keep_access_right(timestamp: int) -> None:
    """Every night: who was not confirmed in time loses access. A demo may lie about for longer."""
    if not settings.DEMO:
        end_what_was_not_confirmed(now())


@app.periodic(cron="* * * * *")
@app.task(name="pass_on", retry=SOON, priority=20)
def pass_on(timestamp: int) -> None:
    """Every minute: what no school has opened goes to its deputy, then to the council's officer."""
    passing.pass_on(now())


@app.task(name="mail_passed_on", retry=AGAIN, priority=15)
def mail_passed_on(subject: int) -> None:
    passing.mail_passed_on(subject, now=now())


@app.task(name="mail_to_ring", retry=AGAIN, priority=15)
def mail_to_ring(subject: int) -> None:
    passing.mail_to_ring(subject, now=now())


@app.task(name="renew_clocks", retry=AGAIN)
def renew_clocks(subject: int) -> None:
    clocks.renew_clocks(subject, now())


@app.periodic(cron="0 6 * * *")
@app.task(name="reconcile", retry=SOON)
def reconcile(timestamp: int) -> None:
    """Every morning: what did not arrive is counted, and messages that are missing are made."""
    reconciling.reconcile(now())


@app.periodic(cron="20 9 * * 1-5")
@app.task(name="ask_schools", retry=SOON)
def ask_for_key_adults(timestamp: int) -> None:
    """Every working morning: schools whose key adults nobody confirmed of late are asked."""
    ask_schools(now())


@app.task(name="give_feedback", retry=AGAIN)
def tell_who_reported(subject: int) -> None:
    give_feedback(subject, now=now())


@app.task(name="mail_escalations", retry=AGAIN)
def mail_escalated(subject: int) -> None:
    mail_escalations(subject, now=now())


@app.task(name="mail_alarm", retry=AGAIN, priority=20)
def mail_safety_alarm(subject: int) -> None:
    mail_alarm(subject, now=now())


@app.task(name="mail_emergency", retry=AGAIN, priority=20)
def mail_reviewers(subject: int) -> None:
    mail_emergency(subject, now=now())


@app.task(name="follow_the_rows", retry=AGAIN)
def follow_signed_row(subject: int) -> None:
    follow_the_rows(now())


@app.periodic(cron="12 * * * *")
@app.task(name="follow_rows_of_the_day", retry=SOON)
def follow_rows_of_the_day(timestamp: int) -> None:
    """Every hour: what the team sees is what the sharing rows say that commenced today."""
    follow_the_rows(now())


@app.periodic(cron="23 5 * * *")
@app.task(name="write_letters", retry=SOON)
def write_letters(timestamp: int) -> None:
    """Every morning: whoever sent notifications last month is written to, once a month."""
    write_to_senders(now())


@app.task(name="mail_letter", retry=AGAIN)
def mail_sender(subject: int) -> None:
    mail_letter(subject, now=now())


STARTS = {
    "letter.written": [mail_sender],
    "notification.received": [record],
    "source.recorded": [link],
    "source.linked": [tell_schools, open_case, ask],
    "source.unsettled": [near],
    "scale.set": [ask_again],
    "research.answered": [read_record_again],
    "notice.made": [send],
    "notice.passed_on": [mail_passed_on],
    "notices.to_ring": [mail_to_ring],
    "calendar.changed": [renew_clocks],
    "invitation.made": [invite],
    "links.changed": [renew_doors],
    "question.closed": [close_question],
    "import.started": [run_import],
    "reference.started": [take_in_reference],
    "decision.made": [tell_who_reported],
    "escalations.raised": [mail_escalated],
    "vault.alarm": [mail_safety_alarm],
    "emergency.opened": [mail_reviewers],
    "sharing.row_signed": [follow_signed_row],
}


# What tasks ask the database for (common/wall.py), where that is less than all stages need.
ASKS_FOR = {"seal_logs": Purpose.SEALING}


def subscribe_all() -> None:
    """Have every happening start its tasks, each for its purpose. Called once, when Django is
    ready."""
    for name, task in app.tasks.items():
        task.func = _acting(name, task.func)
    for happening, tasks in STARTS.items():
        for task in tasks:
            subscribe(happening, _defer(task))


_caused_by: ContextVar[int | None] = ContextVar("caused_by", default=None)


def _acting(name: str, run: Callable[..., Any]) -> Callable[..., Any]:
    """Have a task ask the database for its purpose, and the history say which task it was, and
    whose command it follows from, if anybody's."""
    who = Actor(ASKS_FOR.get(name, Purpose.WORKING))

    @wraps(run)
    def acted(*args: Any, caused_by: int | None = None, **kwargs: Any) -> Any:
        token = _caused_by.set(caused_by)
        try:
            with acting(who), _in_history(name, who, caused_by):
                return run(*args, **kwargs)
        finally:
            _caused_by.reset(token)

    return acted


def _in_history(name: str, who: Actor, caused_by: int | None) -> AbstractContextManager[Any]:
    if who.purpose is not Purpose.WORKING:  # it changes nothing of which a history is kept
        return nullcontext()
    return pghistory.context(task=name, caused_by=caused_by)


def _defer(task: procrastinate.tasks.Task[..., Any, Any]) -> Callable[[int], None]:
    def defer(subject: int) -> None:
        enqueue = IN_TRANSACTION.configure_task(task.name, queue=task.queue, priority=task.priority)
        here = actor()
        by = (here and here.user) or _caused_by.get()
        enqueue.defer(subject=subject, **({"caused_by": by} if by else {}))

    return defer
