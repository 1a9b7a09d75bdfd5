"""`kill -9` of any process at any moment of an import or of the way loses nothing, doubles nothing.

A sender sends to the web server, an import takes in, a worker works; at random moments one of them
is killed, or a process of the web server or of the database's, or the database's server. Then
everything is left to finish, and the database and the mail are asked what became of it. Another
run: SIGHTLINE_CRASH_SEED=2.
"""

import os
import random
import time
from collections import Counter
from dataclasses import dataclass, field

import pytest

from tests.crash import roles
from tests.crash.bodies import (
    AGAIN_IN_NEXT,
    FATHERS,
    GIVEN,
    IN_FILE,
    MOTHERS,
    PEOPLE,
    REFUSED,
    SMALL,
    SURNAMES,
    UNKNOWN_SCHOOL,
    family,
    in_file,
    numbers_in,
)
from tests.crash.house import ALWAYS, House

pytestmark = pytest.mark.slow

SEED = int(os.environ.get("SIGHTLINE_CRASH_SEED", "1"))
BETWEEN = (0.05, 0.9)  # seconds from one kill to the next
VICTIMS = {"web": 7, "worker": 7, "import": 7, "postmaster": 4, "backend": 3, "sender": 1}
TIMES = int(os.environ.get("SIGHTLINE_CRASH_TIMES", "1"))  # as many again: a longer run by hand
KILLS = TIMES * sum(VICTIMS.values())
PATIENCE = 240.0  # seconds for everything to come to rest


@dataclass
class Aftermath:
    """A house after all the kills: how many there were of each process, how long it all took.

    sent: reference, version and number of the family of everything that was sent or in a file.
    """

    house: House
    kills: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, float] = field(default_factory=dict)
    sent: set[tuple[str, int, int]] = field(default_factory=set)


@pytest.fixture(scope="module")
def house(data):
    """A Sightline with the cast in it; what forks its processes has our environment."""
    with pytest.MonkeyPatch.context() as surroundings:
        made = House(data, "sightline")
        for name, value in made.environment.items():
            surroundings.setenv(name, value)
        made.token = made.ask(roles.prepare, made.found.owner)
        yield made
        made.stop()


@pytest.fixture(scope="module")
def after(house):
    """Everything that can be killed was, again and again, and then left alone until it rested."""
    chance, result = random.Random(SEED), Aftermath(house)
    answers, enough = house.folder / "answers", house.folder / "enough"
    house.add("worker", roles.work)
    house.add("web", roles.answer, house.folder / "web.sock")
    house.add("sender", roles.send, house.folder / "web.sock", house.token, answers, enough)
    house.add("import", roles.import_files, house.folder, enough)
    started = time.monotonic()
    for victim in chance.sample([*VICTIMS], KILLS, counts=[TIMES * n for n in VICTIMS.values()]):
        _kill(house, victim, chance)
        result.kills[victim] += 1
    result.seconds["killing"] = time.monotonic() - started
    enough.touch()
    _leave_alone(house)
    result.seconds["in all"] = time.monotonic() - started
    result.sent = {*_sent(answers), *_in_files(house)}
    return result


def _kill(house, victim, chance):
    """Kill it at a random moment; at another one if there was none just then."""
    killed = False
    while not killed:
        time.sleep(chance.uniform(*BETWEEN))
        killed = house.kill(victim, chance)
        house.look_after()


def _leave_alone(house):
    """Wait until nothing is left to do; what would be tried again in a while is tried at once."""
    end = time.monotonic() + PATIENCE
    while {*house.running} != ALWAYS or house.one(LEFT):
        assert time.monotonic() < end, f"not at rest: {[*house.running]}, {house.rows(JOBS)}"
        time.sleep(0.5)
        house.look_after()
        house.ask(roles.let_time_pass)


def _sent(answers):
    for reference, version in roles.receipts(answers):
        yield reference, version, int(reference.rpartition("-")[2])


def _in_files(house):
    for file in range(house.one("select count(*) from intake_importfile")):
        for number in numbers_in(file):
            yield in_file(number), 1, number


OURS = "from procrastinate_jobs where task_name <> 'tend'"  # that one comes every minute
LEFT = f"select count(*) {OURS} and status in ('todo', 'doing')"
JOBS = f"select task_name, status, attempts, count(*) {OURS} group by 1, 2, 3"


def test_as_many_processes_were_killed_as_were_to_be(after, capsys):
    with capsys.disabled():
        print(f"\nkilled {dict(after.kills)}, seconds {after.seconds}, {len(after.sent)} sent")  # noqa: T201
    assert after.kills.total() == KILLS >= 25


def test_every_answered_notification_is_held_once_under_the_receipt_that_was_answered(after):
    held = Counter(after.house.rows("select reference, version, receipt from intake_notification"))
    answered = roles.receipts(after.house.folder / "answers")
    assert len(answered) >= roles.ANSWERED
    assert all(held[(*key, *receipts)] == 1 for key, receipts in answered.items())


def test_no_notification_is_held_twice_or_invented(after):
    held = after.house.rows("select reference, version from intake_notification")
    assert sorted(held) == sorted((reference, version) for reference, version, _ in after.sent)


def test_every_notification_went_its_whole_way(after):
    assert after.house.one(
        "select count(*) from intake_notification"
        " where source_id is null or linked_at is null or opened_at is null"
    ) == 0  # fmt: skip


def test_nobody_is_written_down_twice_or_left_out(after):
    mentions = after.house.rows(
        "select n.reference, n.version, count(m.id) from intake_notification n"
        " left join people_mention m on m.source_id = n.source_id group by 1, 2"
    )
    assert {count for *_, count in mentions} == {PEOPLE}
    assert after.house.one(
        "select count(*) from people_source s"
        " where not exists (select from intake_notification n where n.source_id = s.id)"
    ) == 0  # fmt: skip


def test_every_mention_is_linked_to_one_person(after):
    links = after.house.rows(
        "select count(l.id) from people_mention m"
        " left join people_link l on l.mention_id = m.id and l.ended_at is null group by m.id"
    )
    assert {count for (count,) in links} == {1}


def test_the_same_person_is_made_once(after):
    who = (
        "select given_name, surname, birth_date::text from people_person p where exists"
        " (select from people_link l where l.person_id = p.id and l.ended_at is null)"
    )
    families = {number: family(number) for *_, number in after.sent}
    expected = {
        (person["given_name"], person["surname"], person["birth_date"])
        for people in families.values()
        for person in people
    }
    assert Counter(after.house.rows(who)) == Counter(expected)


def test_versions_of_a_notification_speak_of_one_incident_and_the_newest_holds(after):
    incidents = after.house.rows(
        "select n.reference, count(distinct s.incident_id),"
        "  array_agg(n.version) filter (where n.superseded_at is null) as holding,"
        "  array_agg(n.version) filter (where s.superseded_at is null) as holding_source,"
        "  array[max(n.version)]"
        " from intake_notification n join people_source s on s.id = n.source_id group by 1"
    )
    wrong = [row for row in incidents if row[1] != 1 or not row[2] == row[3] == row[4]]
    assert wrong == []


def test_every_child_is_screened_once_for_every_incident(after):
    screened = after.house.rows(
        "select n.reference, m.given_name, count(*) from screening_screening c"
        " join people_mention m on m.id = c.mention_id"
        " join intake_notification n on n.source_id = m.source_id"
        " where c.withdrawn_at is null and n.superseded_at is null group by 1, 2"
    )
    children = {
        (reference, person["given_name"], 1)
        for reference, _, number in after.sent
        for person in family(number)
        if person["role"] == "child"
    }
    assert sorted(screened) == sorted(children)
    assert after.house.one("select count(*) from screening_screening") == len(children)


def test_the_school_of_every_pupil_has_one_notice(after):
    notices = after.house.rows(
        "select i.reference, m.given_name from encompass_notice e"
        " join people_incident i on i.id = e.incident_id"
        " join people_mention m on m.id = e.mention_id"
    )
    pupils = {
        (f"LOG-{reference}", person["given_name"])
        for reference, _, number in after.sent
        for person in family(number)
        if person.get("child", {}).get("school_name")
    }
    assert sorted(notices) == sorted(pupils)


def test_every_school_that_is_known_is_told_once_and_of_a_correction_once_more(after):
    told = after.house.rows(
        "select e.id, e.sent_at is not null, i.reference, count(a.id) from encompass_notice e"
        " join people_incident i on i.id = e.incident_id"
        " left join audit_event a on a.subject = 'encompass.notice' and a.what = 'notice.sent'"
        "  and a.subject_id = e.id::text"
        " where e.school_id is not null group by 1, 2, 3"
    )
    corrected = {f"LOG-{reference}" for reference, version, _ in after.sent if version == 2}
    wrong = [
        row
        for notice, sent, log, times in told
        if not sent or times not in ((1, 2) if log in corrected else (1,))
        for row in [(notice, sent, log, times)]
    ]
    assert wrong == []


def test_a_notice_for_a_school_that_nobody_knows_waits_for_somebody(after):
    nowhere = {reference for reference, _, number in after.sent if _goes_nowhere(number)}
    assert after.house.rows(
        "select count(*), count(sent_at), count(nullif(no_school_because, ''))"
        " from encompass_notice where school_id is null"
    ) == [(len(nowhere), 0, len(nowhere))]


def _goes_nowhere(number):
    return any(p.get("child", {}).get("school_name") == UNKNOWN_SCHOOL for p in family(number))


def test_every_notice_was_mailed_and_doubles_are_fewer_than_kills(after, capsys):
    """Killed between the mail server's answer and our note of it, the same mail goes out again."""
    mailed = after.house.mailed()
    known = after.house.rows("select id from encompass_notice where school_id is not null")
    doubles = mailed.total() - len(mailed)
    with capsys.disabled():
        print(f"\n{len(mailed)} notices mailed, {doubles} of them again")  # noqa: T201
    assert {int(name.partition("-")[0]) for name in mailed} == {notice for (notice,) in known}
    assert doubles <= after.kills.total()


def test_mails_and_the_log_hold_no_name(after):
    for text in (*after.house.mails(), after.house.log.read_bytes()):
        for name in (*SURNAMES, *GIVEN, *MOTHERS, *FATHERS, *SMALL, "Brook Lane", "Wilfrid"):
            assert name.encode() not in text


def test_every_row_of_the_files_was_accepted_refused_or_had_come_before(after):
    files = after.house.rows(
        "select f.rows_total, f.rows_done, f.accepted, f.replayed,"
        "  (select count(*) from intake_refusedrow r where r.file_id = f.id), f.failed_because,"
        "  f.finished_at is not null from intake_importfile f"
    )
    assert len(files) >= roles.FILES  # how many more is a matter of the machine's speed
    for total, done, accepted, replayed, refused, failed, finished in files:
        assert (done, failed, finished) == (total, "", True)
        assert accepted + replayed + refused == total
        assert refused == len(REFUSED)
    again = (len(files) - 1) * AGAIN_IN_NEXT
    assert sum(row[3] for row in files) == again * PEOPLE
    assert sum(row[2] for row in files) == (len(files) * IN_FILE - again) * PEOPLE


def test_nothing_is_left_in_the_queue(after):
    assert after.house.rows(JOBS) == []


def test_every_notification_was_received_once_in_the_audit(after):
    received = after.house.rows(
        "select subject_id::bigint from audit_event where what = 'notification.received'"
    )
    assert sorted(received) == sorted(after.house.rows("select id from intake_notification"))
