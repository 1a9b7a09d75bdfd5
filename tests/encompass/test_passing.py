"""Unread at 08:30: the deputy; still unread: the council's officer. Each once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from sightline.access.cover import record_absence
from sightline.encompass.commands import open_notice, tell_otherwise
from sightline.encompass.ledger import timeline_of
from sightline.encompass.models import Notice, PassedOn
from sightline.encompass.passing import mail_passed_on, mail_to_ring, pass_on
from sightline.encompass.sending import send_notice
from sightline.encompass.unread import to_ring
from tests.encompass.conftest import MONDAY_BELL, notice_of, with_child
from tests.world import DANIEL, LEILA, MARIA, SAM, notification

pytestmark = pytest.mark.django_db

HALF_PAST = MONDAY_BELL - timedelta(minutes=30)
QUARTER_TO = MONDAY_BELL - timedelta(minutes=15)
DEPUTY, OFFICER, AT_HOME = (
    f"{local}@castlebrook.example" for local in ("deputy1", "schoolofficer", "homeeducation")
)


@pytest.fixture
def notice(world):
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA))
    notice = notice_of("Leila")
    send_notice(notice.pk, now=world.now)
    mail.outbox.clear()
    return notice


def minute(now: datetime) -> list[str]:
    """Have the tasks of a minute run, and return to whom e-mails went."""
    before = set(PassedOn.objects.values_list("pk", flat=True))
    mail.outbox.clear()
    pass_on(now)
    for one in PassedOn.objects.exclude(pk__in=before).order_by("pk"):
        mail_passed_on(one.pk, now=now)
    if last := PassedOn.objects.exclude(pk__in=before).filter(rung="officer").last():
        mail_to_ring(last.pk, now=now)
    return [message.to[0] for message in mail.outbox]


def test_it_goes_to_the_deputy_at_half_past_eight_and_then_to_the_officer(notice):
    assert minute(HALF_PAST - timedelta(seconds=1)) == []
    assert minute(HALF_PAST) == [DEPUTY]
    assert minute(HALF_PAST + timedelta(minutes=1)) == []
    assert minute(QUARTER_TO) == [AT_HOME, OFFICER]
    assert minute(MONDAY_BELL + timedelta(days=1)) == []
    rungs = PassedOn.objects.order_by("pk").values_list("rung", "rules")
    assert list(rungs) == [("deputy", "encompass 2026.1"), ("officer", "encompass 2026.1")]


def test_it_is_half_past_eight_in_london_when_the_clocks_have_changed(world):
    in_summer = datetime(2026, 6, 14, 23, tzinfo=UTC)
    world.notify(notification(notified_at=in_summer.isoformat()), now=in_summer)
    send_notice(notice_of("Leila").pk, now=in_summer)
    assert minute(datetime(2026, 6, 15, 7, 29, tzinfo=UTC)) == []
    assert minute(datetime(2026, 6, 15, 7, 30, tzinfo=UTC)) != []


def test_what_was_opened_goes_no_further(notice, world):
    open_notice(notice=notice, by=world.user("keyadult1"), now=HALF_PAST - timedelta(minutes=1))
    assert minute(QUARTER_TO) == []


def test_a_deputy_is_not_told_of_what_was_opened_in_the_meantime(notice, world):
    pass_on(HALF_PAST)
    open_notice(notice=notice, by=world.user("keyadult1"), now=HALF_PAST)
    assert mail_passed_on(PassedOn.objects.get().pk, now=HALF_PAST) is False


def test_what_the_school_was_rung_about_goes_no_further(notice, world):
    tell_otherwise(notice=notice, how="Rang", by=world.user("schoolofficer"), now=world.now)
    assert minute(QUARTER_TO) == []


def test_what_was_withdrawn_goes_no_further(notice, world):
    world.notify(notification("NM-1", MARIA, DANIEL, version=2))
    assert minute(QUARTER_TO) == []


def test_without_a_deputy_the_officer_hears_at_half_past_eight(notice, world):
    deputy = world.user("deputy1")
    deputy.is_active = False
    deputy.save()
    assert minute(HALF_PAST) == [AT_HOME, OFFICER]
    assert PassedOn.objects.count() == 2


def test_without_any_email_the_deputy_is_told_all_the_same(world):
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA))
    assert minute(HALF_PAST) == [DEPUTY]


def test_an_officer_who_is_away_hears_last(notice, world):
    record_absence(
        user=world.user("homeeducation"), first=MONDAY_BELL.date(), last=MONDAY_BELL.date(),
        by=world.user("homeeducation"), now=world.now,
    )  # fmt: skip
    minute(HALF_PAST)
    assert minute(QUARTER_TO) == [OFFICER, AT_HOME]


def test_an_officer_has_one_email_for_all_schools_of_a_round(world):
    other = with_child(SAM, school_name="Castlebrook High School")
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA, other))
    for notice in Notice.objects.all():
        send_notice(notice.pk, now=world.now)
    minute(HALF_PAST)
    assert minute(QUARTER_TO) == [AT_HOME, OFFICER]


def test_what_came_in_ten_minutes_before_the_bell_is_everywhere_at_once(world):
    late = MONDAY_BELL - timedelta(minutes=10)
    world.notify(notification(notified_at=late.isoformat()), now=late)
    for notice in Notice.objects.all():
        send_notice(notice.pk, now=late)
    assert minute(late) == [DEPUTY, DEPUTY, AT_HOME, OFFICER]  # Leila's and Sam's


def test_a_message_for_which_no_school_was_found_goes_to_the_officer(world):
    world.notify(notification("NM-1", MARIA, DANIEL, with_child(LEILA, school_name="")))
    assert minute(HALF_PAST) == [AT_HOME, OFFICER]


def test_the_emails_hold_nothing_of_anybody(notice):
    for at in (HALF_PAST, QUARTER_TO):
        minute(at)
        for message in mail.outbox:
            whole = message.message().as_string().lower()
            for word in ("leila", "moreno", "brook lane", "pupil", "child", "police"):
                assert word not in whole.replace("school day", ""), word


@pytest.fixture
def corrected(world, notice):
    """It was read on Monday morning, and police corrected it after the bell."""
    open_notice(notice=notice, by=world.user("keyadult1"), now=HALF_PAST - timedelta(hours=1))
    assert minute(QUARTER_TO) == []
    at = MONDAY_BELL + timedelta(hours=2)
    summary = notification()["incident"] | {"summary": "He did not touch her; he broke the door."}
    body = notification("NM-1", MARIA, DANIEL, LEILA, version=2, incident=summary)
    world.notify(body | {"incident": body["incident"] | {"log_number": "LOG-NM-1"}}, now=at)
    send_notice(notice.pk, now=at)
    notice.refresh_from_db()
    return notice


def test_a_correction_of_what_was_read_goes_on_until_it_is_read_too(corrected, world):
    tuesday = timedelta(days=1)
    assert (corrected.again_due_at, corrected.due_at) == (MONDAY_BELL + tuesday, MONDAY_BELL)
    assert minute(HALF_PAST + tuesday - timedelta(seconds=1)) == []
    assert minute(HALF_PAST + tuesday) == [DEPUTY]
    assert minute(HALF_PAST + tuesday + timedelta(minutes=1)) == []
    assert minute(QUARTER_TO + tuesday) == [AT_HOME, OFFICER]
    assert [one.pk for one in to_ring(QUARTER_TO + tuesday)] == [corrected.pk]
    tell_otherwise(
        notice=corrected, how="Rang the head", by=world.user("schoolofficer"),
        now=MONDAY_BELL + tuesday,
    )  # fmt: skip
    assert not to_ring(MONDAY_BELL + tuesday).exists()
    corrected.refresh_from_db()
    assert corrected.received_at is None  # nobody of the school has said so
    assert "Known again, as it was corrected" in [s["title"] for s in timeline_of(corrected)]


def test_a_correction_that_is_read_goes_no_further(corrected, world):
    by, at = world.user("keyadult1"), MONDAY_BELL + timedelta(hours=3)
    for later in (at, at + timedelta(hours=1)):
        open_notice(notice=corrected, by=by, now=later)
    corrected.refresh_from_db()
    assert (corrected.again_opened_at, corrected.again_opened_by) == (at, by)
    assert minute(QUARTER_TO + timedelta(days=1)) == []
