"""What nobody opened goes to the deputy at 08:30, and then to the council's safeguarding officer.

Run every minute. A notice keeps the moment of its bell, reckoned in London time, so that a rung is
a moment too and no clock change moves it. However often this runs, and wherever it was interrupted,
each message goes on once a rung; what came too late for a rung is at once where the rung leads.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from sightline.access.models import User
from sightline.access.roles import Perm
from sightline.audit.commands import event, record_many
from sightline.common.announce import announce
from sightline.common.clock import local_date
from sightline.common.mail import NotDelivered
from sightline.encompass.emails import passed_on, send_once, to_ring
from sightline.encompass.models import Delivery, Notice, PassedOn
from sightline.encompass.queries import changed_at
from sightline.encompass.recipients import deputies_there, officers, recipients
from sightline.encompass.sending import HELD, NO_ADDRESS, NOBODY_THERE
from sightline.encompass.told import what_may_be_told
from sightline.rules.encompass.rules_file import OFFICER, EncompassRules, Rung, rules_on
from sightline.rules.encompass.rungs import reached

LOCK = 7_230_042  # any number that nobody else uses
LATELY = timedelta(days=14)  # what is older was passed on long ago, or is no news to anybody
BATCH = 500
NEXT_BELL = Coalesce("again_due_at", "due_at")
NEVER = Q(opened_at__isnull=True, received_at__isnull=True)
AGAIN = Q(again_due_at__isnull=False, again_opened_at__isnull=True)


def unopened(now: datetime) -> QuerySet[Notice]:
    """Return the messages of late that nobody has opened, and nobody was told of otherwise; and
    those that a correction changed since, which nobody has opened again. With `next_bell`.

    Of late goes by the bell too: what came at the beginning of a holiday is weeks old by then.
    """
    found = Notice.objects.annotate(next_bell=NEXT_BELL).filter(
        Q(next_bell__gt=now - LATELY) | Q(made_at__gt=now - LATELY),
        NEVER | AGAIN, withdrawn_at__isnull=True,
    )  # fmt: skip
    return found.select_related("school", "office", "mention__source").order_by("next_bell", "pk")


def with_officer() -> Exists:
    """Whether a message has reached the last rung before its next bell."""
    here = PassedOn.objects.filter(notice=OuterRef("pk"), rung=OFFICER)
    own = Q(bell__isnull=True, notice__again_due_at__isnull=True)
    return Exists(here.filter(own | Q(bell=OuterRef("again_due_at"))))


@transaction.atomic
def pass_on(now: datetime) -> int:
    """Pass on what has reached a rung. Returns how many messages went how many rungs."""
    with connection.cursor() as cursor:  # one at a time; a second one finds nothing left to do
        cursor.execute("select pg_advisory_xact_lock(%s)", [LOCK])
    rules = rules_on(local_date(now))
    nearest = unopened(now).filter(Q(next_bell__lte=now + rules.rungs[0].before))
    waiting = list(nearest.filter(~with_officer())[:BATCH])
    made = [one for notice in waiting for one in _rungs(notice, rules, now)]
    PassedOn.objects.bulk_create(made)
    record_many(event("notice.passed_on", one, by=None, at=now, rung=one.rung) for one in made)
    for one in made:
        if one.to_id is not None:
            announce("notice.passed_on", one.pk)
    if last := [one for one in made if one.rung == OFFICER]:
        announce("notices.to_ring", last[-1].pk)
    return len(made)


def _rungs(notice: Notice, rules: EncompassRules, now: datetime) -> Iterator[PassedOn]:
    """Yield the rungs that a message goes now. Where nobody stands on one it goes to the next."""
    before = {one.rung for one in notice.passed_on.all() if one.bell == notice.again_due_at}
    here = {rung.id for rung in reached(notice.bell, now, rules)}
    fell_through = False
    for rung in rules.rungs:
        if rung.id in before or not (rung.id in here or fell_through):
            continue
        to = None if rung.id == OFFICER else _next_in_school(notice, now)
        fell_through = to is None
        yield _passed(notice, rung, rules, to, now)


def _next_in_school(notice: Notice, now: datetime) -> User | None:
    """Return the first key adult after the lead who has had no e-mail about the message yet, as it
    is now."""
    taken = Delivery.objects.filter(notice=notice, failed_because="")
    if (changed := changed_at(notice)) and notice.reads_again:
        taken = taken.filter(tried_at__gte=changed)
    told = set(taken.values_list("to", flat=True))
    return next((user for user in deputies_there(notice, now) if user.pk not in told), None)


def _passed(
    notice: Notice, rung: Rung, rules: EncompassRules, to: User | None, now: datetime
) -> PassedOn:
    return PassedOn(
        notice=notice, rung=rung.id, rules=rules.key, to=to, passed_at=now,
        bell=notice.again_due_at,
    )  # fmt: skip


def mail_passed_on(passed_id: int, *, now: datetime) -> bool:
    """Tell a deputy that a message is unread, once, unless somebody has opened it by now.

    Returns whether they were told. Raises NotDelivered where the mail server could not be reached.
    """
    passed = PassedOn.objects.select_related("to").get(pk=passed_id)
    notice = unopened(now).filter(pk=passed.notice_id).first()
    if notice is None or passed.to is None:
        return False
    others = [user for user in recipients(notice, now) if user.pk != passed.to_id]
    return any(send_once(passed_on(notice), user, now=now) for user in (passed.to, *others))


def mail_to_ring(passed_id: int, *, now: datetime) -> bool:
    """Tell the council's officers who are there that schools are to be rung, each once a round.

    Returns whether somebody was told. Raises NotDelivered where the mail server could not be
    reached, after everybody was tried.
    """
    notice = PassedOn.objects.select_related("notice").get(pk=passed_id).notice
    told, failed = False, ""
    for user in officers(Perm.CHASE_SCHOOLS, local_date(now)):
        try:
            told = send_once(to_ring(notice), user, now=now) or told
        except NotDelivered as error:
            failed = str(error)
    if failed:
        raise NotDelivered(failed)
    return told


def worth_sending(now: datetime, made_before: datetime) -> list[int]:
    """Return the notices that are for somebody and went to nobody, of those made before a moment.

    Of what was held, only what can go now: somebody was named, or an address is tried again.
    """
    unsent = unopened(now).filter(sent_at__isnull=True, made_at__lt=made_before)
    addressed = unsent.exclude(school=None, office=None)
    fresh = list(addressed.filter(no_school_because="").values_list("pk", flat=True)[:BATCH])
    held = addressed.filter(no_school_because__in=HELD)[:BATCH]
    return [*fresh, *(notice.pk for notice in held if _can_go(notice, now))]


def _can_go(notice: Notice, now: datetime) -> bool:
    if notice.no_school_because == NOBODY_THERE:
        return bool(recipients(notice, now))
    if notice.no_school_because == NO_ADDRESS:
        last = notice.deliveries.order_by("-tried_at").values_list("tried_at", flat=True).first()
        return last is None or now - last >= timedelta(hours=1)
    return bool(what_may_be_told(notice, now))
