"""A year of telling schools, simulated: a clock, a queue of tasks, a provider with bad nights.

Nothing here knows how the app decides; the app is called through its stages and tasks alone. What
the year must hold is asked by test_year.py, of its own reckoning.
"""

import heapq
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from types import SimpleNamespace

from sightline.access.cover import record_absence
from sightline.access.models import User
from sightline.common import announce
from sightline.common.mail import AddressRefused, NotDelivered
from sightline.directory.commands import close_on, confirm_key_adults, set_terms
from sightline.directory.models import School, Term
from sightline.encompass import clocks, passing, receipts
from sightline.encompass.commands import confirm_received, open_notice, tell_otherwise
from sightline.encompass.models import Notice, PassedOn
from sightline.encompass.moving import say_moved
from sightline.encompass.passing import worth_sending
from sightline.encompass.sending import send_notice
from sightline.intake.models import Channel, Notification
from sightline.pathway import stages, tasks
from sightline.people.models import Incident, Link, Mention, Person, Source
from sightline.rules.due import LONDON
from tests.world import World

MINUTE = timedelta(minutes=1)
TASKS: dict[str, Callable[..., object]] = {
    "notice.made": send_notice,
    "notice.passed_on": passing.mail_passed_on,
    "notices.to_ring": passing.mail_to_ring,
    "calendar.changed": clocks.renew_clocks,
}


class Down(OSError):
    """The provider answers nobody."""


@dataclass
class Provider:
    """Takes e-mails by reference; has hours and nights in which it does not, or does not answer."""

    nights: list[tuple[datetime, datetime]]
    dice: random.Random
    now: datetime
    took: list[tuple[datetime, str, str]] = field(default_factory=list)  # when, to, reference
    mute: float = 0.02
    arrived: Callable[[str, str], None] = lambda to, reference: None

    def send_messages(self, messages: list) -> int:
        for message in messages:
            [to] = message.to
            reference = message.extra_headers["Message-ID"]
            if any(first <= self.now < last for first, last in self.nights):
                raise Down
            if to.startswith("refused"):
                raise AddressRefused
            self.took.append((self.now, to, reference))
            self.arrived(to, reference)
            if self.dice.random() < self.mute:
                raise Down  # it took it, and nobody hears so
            message.known_as = reference
        return len(messages)

    def find(self, reference: str) -> str:
        if any(first <= self.now < last for first, last in self.nights):
            raise Down
        return reference if any(ref == reference for _, _, ref in self.took) else ""


@dataclass
class Child:
    """A child of the year: born when, and which school since when; "" is taught at home."""

    name: str
    born: date
    schools: list[tuple[date, str]]
    told_away: set[str] = field(default_factory=set)  # schools that have said: not ours any more
    person: Person | None = None

    def school(self, on: date) -> str:
        return next(name for first, name in reversed(self.schools) if first <= on)

    def age(self, on: date) -> int:
        born = self.born
        return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


@dataclass
class Year:
    """Everything that happens, in order. `days` from `first`; the same seed is the same year."""

    world: World
    first: date
    days: int
    seed: int
    a_day: float = 1.5  # notifications

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)
        self.heap: list[tuple[datetime, int, Callable[[], None]]] = []
        self.order = count()
        self.now = self.at(self.first, 0)
        self.provider = Provider(list(self._outages()), self.dice, self.now)
        self.provider.arrived = self._read_later
        self.schools = {school.name: school for school in self.world.cast.schools.values()}
        self.children = list(self._born())
        self.said: list[SimpleNamespace] = []  # every child of every notification, as it was said
        self.tries: dict[tuple[str, int], int] = {}
        self.absent: list[tuple[int, date, date]] = []
        self.bounced: set[str] = set()

    def at(self, on: date, hour: float) -> datetime:
        minutes = round(hour * 60)
        return datetime.combine(on, time(minutes // 60, minutes % 60), LONDON)

    def later(self, when: datetime, do: Callable[[], None]) -> None:
        heapq.heappush(self.heap, (when, next(self.order), do))

    def day(self, number: int) -> date:
        return self.first + timedelta(days=number)

    # What goes wrong

    def _outages(self) -> Iterator[tuple[datetime, datetime]]:
        for number in range(self.days):
            dice = self.dice.random()
            evening = self.at(self.day(number), 18)
            if dice < 0.03:  # a whole night, until after the bell now and then
                yield evening, evening + timedelta(hours=self.dice.choice([12, 14, 16]))
            elif dice < 0.04:  # a weekend
                yield evening, evening + timedelta(days=2)
            elif dice < 0.12:
                begins = self.at(self.day(number), self.dice.uniform(0, 22))
                yield begins, begins + timedelta(hours=self.dice.uniform(0.2, 3))

    # Who there is

    def _born(self) -> Iterator[Child]:
        names = [*self.schools, ""]
        for number in range(40):
            age = self.dice.choice([2, *range(4, 19)])
            born = self.first - timedelta(days=int(age * 365.25) + self.dice.randrange(1, 360))
            schools = [(date.min, self.dice.choice(names))]
            if self.dice.random() < 0.3:
                moved = self.day(self.dice.randrange(self.days))
                schools.append((moved, self.dice.choice(list(self.schools))))
            yield Child(f"Child{number}", born, schools)

    def people_of(self, school: School) -> list[User]:
        return [one.user for one in school.key_adults.filter(ended_on=None, user__is_active=True)]

    # The year

    def run(self, monkeypatch, settings) -> None:
        """Live through it."""
        settings.EMAIL_BACKEND = "tests.encompass.year.backend"
        monkeypatch.setattr("django.core.mail.get_connection", lambda *a, **k: self.provider)
        monkeypatch.setattr("sightline.common.mail.get_connection", lambda *a, **k: self.provider)
        queue = {name: [self._enqueue(name, task)] for name, task in TASKS.items()}
        monkeypatch.setattr(announce, "_subscribers", _Queue(queue))
        self._plan()
        while self.heap:
            when, _, do = heapq.heappop(self.heap)
            self.now = self.provider.now = max(when, self.now)
            do()

    def _enqueue(self, name: str, task: Callable[..., object]) -> Callable[[int], None]:
        return lambda subject: self.later(self.now, lambda: self._work(name, task, subject))

    def _work(self, name: str, task: Callable[..., object], subject: int) -> None:
        """Run a task as a worker does: what fails comes again, later each time."""
        if name == "calendar.changed":
            task(subject, self.now)
            return
        try:
            task(subject, now=self.now)
            self.tries.pop((name, subject), None)
        except NotDelivered as error:
            tried = self.tries[name, subject] = self.tries.get((name, subject), 0) + 1
            job = SimpleNamespace(attempts=tried)
            again = tasks.AGAIN.get_retry_decision(exception=error, job=job)
            if again is not None:
                wait = timedelta(seconds=max(60, tried * 5 * 6))  # the same night in fewer tries
                self.later(self.now + wait, lambda: self._work(name, task, subject))

    def _plan(self, number: int = 0) -> None:
        """Plan a day; after the last, days without police until every message came to its end."""
        if number >= self.days and not self._open():
            return
        on = self.day(number)
        for hour in (8.5, 8.75, 8.75 + 1 / 60, 9):
            self.later(self.at(on, hour), self._minute)
        for hour in range(0, 24, 4):
            self.later(self.at(on, hour + 0.5), self._tend)
        self.later(self.at(on, 7), lambda: self._staff(on))
        self.later(self.at(on, 23.95), lambda: self._plan(number + 1))
        for _ in range(self._how_many() if number < self.days else 0):
            hour = self.dice.choice([self.dice.uniform(0, 23.9), self.dice.uniform(18, 23.9)])
            self.later(self.at(on, hour), lambda: self._notified(on))

    def _open(self) -> bool:
        waiting = Notice.objects.filter(withdrawn_at=None, received_at=None, opened_at=None)
        return waiting.exclude(passed_on__rung="officer").exists()

    def _how_many(self) -> int:
        whole = int(self.a_day)
        return whole + (self.dice.random() < self.a_day - whole)

    def _minute(self) -> None:
        """What the worker does every minute."""
        passing.pass_on(self.now)

    def _tend(self) -> None:
        """What lies about is sent on, unless its task is waiting."""
        for subject in worth_sending(self.now, self.now - 2 * MINUTE):
            if ("notice.made", subject) not in self.tries:
                announce.announce("notice.made", subject)

    # Schools: closed days, absences, leavers

    def _staff(self, on: date) -> None:
        school = self.dice.choice(list(self.schools.values()))
        people, dice = self.people_of(school), self.dice.random()
        if dice < 0.05 and people:
            self._away(self.dice.choice(people), on, self.dice.choice([0, 4, 13]))
        elif dice < 0.08 and people:
            closed = on + timedelta(days=self.dice.choice([0, 1, 2, 5]))
            close_on(school=school, on=closed, why="snow", by=people[0], now=self.now)
        elif dice < 0.10 and len(people) > 1:
            self._leaves(people[0], school)
        elif dice < 0.11 and people:
            confirm_key_adults(school=school, by=people[0], now=self.now)

    def _away(self, user: User, on: date, days: int) -> None:
        last = on + timedelta(days=days)
        record_absence(user=user, first=on, last=last, by=user, now=self.now)
        self.absent.append((user.pk, on, last))

    def _leaves(self, user: User, school: School) -> None:
        """The lead leaves; somebody comes back after some days, now and then nobody is left."""
        gone = [user] if self.dice.random() < 0.7 else self.people_of(school)
        for one in gone:
            User.objects.filter(pk=one.pk).update(is_active=False)
        back = self.now + timedelta(days=self.dice.uniform(0.5, 12))
        ids = [one.pk for one in gone]
        self.later(back, lambda: User.objects.filter(pk__in=ids).update(is_active=True))

    # Police

    def _notified(self, on: date) -> None:
        children = self.dice.sample(self.children, self.dice.choice([1, 1, 2, 3]))
        incident = Incident.objects.create(started_at=self.now - timedelta(hours=1))
        source = self._source(incident, children)
        dice = self.dice.random()
        if dice < 0.10:  # delivered twice
            self.later(self.now + self.dice.choice([0, 7]) * MINUTE, lambda: self._tell(source))
        elif dice < 0.20:  # another document of the same incident
            after = self.now + timedelta(minutes=self.dice.uniform(1, 600))
            self.later(after, lambda: self._source(incident, children, other=True))
        elif dice < 0.30:  # a corrected version
            after = self.now + timedelta(minutes=self.dice.uniform(1, 900))
            self.later(after, lambda: self._source(incident, children[:1], corrects=source))

    def _source(
        self, incident: Incident, children: list[Child], *, other: bool = False,
        corrects: Source | None = None,
    ) -> Source:  # fmt: skip
        on = self.now.date()
        source = Source.objects.create(
            incident=incident, label="a notification", on=on, recorded_at=self.now
        )
        if corrects is not None:
            Source.objects.filter(pk=corrects.pk).update(superseded_at=self.now)
        number = f"Y{source.pk}"
        Notification.objects.create(
            sender=self.world.cast.police, reference=number, receipt=number, channel=Channel.API,
            raw=b"", raw_type="", content={}, notified_at=self.now, received_at=self.now,
            completeness=50, source=source,
        )  # fmt: skip
        for position, child in enumerate(children):
            self._mention(source, position, child, other=other)
        self._tell(source)
        return source

    def _mention(self, source: Source, position: int, child: Child, *, other: bool) -> None:
        """As police write it: the school right, old, unknown or left out."""
        on, dice = source.on, self.dice.random()
        true = child.school(on)
        old = child.schools[0][1]
        written = true if dice < 0.8 else old if dice < 0.9 else "" if dice < 0.95 else "St Nobody"
        at_home = true == "" and written == ""
        mention = Mention.objects.create(
            source=source, position=position, role="child", birth_date=child.born,
            given_name=child.name if not other else child.name.replace("Child", "Childe"),
            surname="Year", presence=self.dice.choice(["in_the_room", "elsewhere", "not_known"]),
            school_name=written, home_educated=at_home or None,
        )  # fmt: skip
        if child.person is None:
            child.person = Person.objects.create(given_name=child.name, created_at=self.now)
        Link.objects.create(
            mention=mention, person=child.person, model="simulated", decided_at=self.now
        )
        self.said.append(
            SimpleNamespace(
                child=child, source=source, incident=source.incident_id, written=written,
                at_home=at_home, at=self.now, mention=mention.pk, away=set(child.told_away),
            )
        )  # fmt: skip

    def _tell(self, source: Source) -> None:
        source.refresh_from_db()
        stages.tell_schools([source.pk], self.now)
        Notification.objects.filter(source=source).update(opened_at=self.now)
        self.later(self.now + MINUTE, self._minute)

    # Schools and the officer: reading what came

    def _read_later(self, to: str, reference: str) -> None:
        """An e-mail is in a mailbox: most are read, and what they lead to; some come back."""
        user = User.objects.get(email=to)
        if self.dice.random() < 0.02 and to not in self.bounced and reference.startswith("<notice"):
            self.bounced.add(to)
            name = reference.strip("<>").partition("@")[0]
            said = receipts.Receipt(receipts.Fate.CAME_BACK, reference, name)
            self.later(self.now + 3 * MINUTE, lambda: receipts.take_in(said, now=self.now))
            return
        if self.dice.random() < 0.15:
            return
        morning = self.at(self.now.astimezone(LONDON).date() + timedelta(days=1), 7.5)
        minutes = self.dice.choice([5, 20, 60, (morning - self.now).total_seconds() / 60 + 40])
        self.later(self.now + minutes * MINUTE, lambda: self._reads(user, reference))

    def _reads(self, user: User, reference: str) -> None:
        kind, pk, *_ = reference.strip("<>").partition("@")[0].split("-")
        on = self.now.astimezone(LONDON).date()
        away = any(pk_ == user.pk and a <= on <= b for pk_, a, b in self.absent)
        if away or not User.objects.filter(pk=user.pk, is_active=True).exists():
            return
        if kind == "ring":
            self._rings(user)
            return
        notice = Notice.objects.select_related("school", "mention").get(pk=int(pk))
        if notice.withdrawn_at is None:
            self._opens(notice, user)

    def _opens(self, notice: Notice, user: User) -> None:
        open_notice(notice=notice, by=user, now=self.now)
        child = next(one.child for one in self.said if one.mention == notice.mention_id)
        true = child.school(notice.mention.source.on)
        if notice.school is not None and true and true != notice.school.name:
            gone = max(first for first, _ in child.schools)
            child.told_away.add(notice.school.name)
            day = min(max(gone, self.first), notice.mention.source.on)
            say_moved(
                notice=notice, went_to=self.schools[true], on=day, by=user, now=self.now
            )  # fmt: skip
        elif self.dice.random() < 0.9:
            confirm_received(notice=notice, by=user, now=self.now)

    def _rings(self, user: User) -> None:
        with_officer = PassedOn.objects.filter(
            rung="officer", notice__received_at=None, notice__opened_at=None,
            notice__withdrawn_at=None,
        )  # fmt: skip
        for passed in with_officer.select_related("notice"):
            tell_otherwise(notice=passed.notice, how="Rang", by=user, now=self.now)


class _Queue(dict):
    """Subscribers of the simulation; nobody else listens."""

    def __missing__(self, happening: str) -> list:
        return []


def own_terms(world: World) -> None:
    """One school has terms of its own: it begins a week later after Christmas than the others."""
    school = world.cast.schools["900005"]
    shared = Term.objects.filter(school=None).order_by("first").values_list("first", "last")
    moved = [(a + timedelta(days=7) if a.month == 1 else a, b) for a, b in shared]
    set_terms(moved, school=school)
