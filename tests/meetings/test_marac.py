"""MARAC: who is referred and why, who is heard, who is flagged until when, what is a repeat."""

from datetime import timedelta
from uuid import UUID

import pytest

from sightline.common.clock import local_date
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.meetings.lists import add_to_list, build_list, publish_list, standing_items
from sightline.meetings.marac.hearing import hear
from sightline.meetings.marac.pairs import marac_hearings_of
from sightline.meetings.marac.reading import standing_of
from sightline.meetings.marac.referring import refer_to_marac, withdraw_referral
from sightline.meetings.models import MaracHearing, MaracReferral
from sightline.people.models import Incident
from sightline.rules.screening.tools import tool_called
from sightline.screening.tools.commands import record_assessment, withdraw_assessment
from sightline.sharing.models import Item
from sightline.sharing.queries import what_they_may_see
from tests.world import DANIEL, IVY, LEILA, MARIA, NOAH, SAM, notification

pytestmark = pytest.mark.django_db
DARA = tool_called("dara 2026.1")


def ids(referral):
    return [one["id"] for one in referral.criteria]


def heard(world, meeting, summary="She is at high risk.", at=None):
    (item,) = standing_items(meeting)
    return hear(item=item, summary=summary, by=world.user("administrator"), now=at or world.now)


def again(world, days, *people):
    """The family is notified once more after some days."""
    world.now += timedelta(days=days)
    body = notification(f"NM-{days}", *people, notified_at=world.now.isoformat())
    body["incident"] |= {"started_at": world.now.isoformat(), "log_number": f"L-{days}"}
    world.notify(body)
    return Incident.objects.latest("pk")


def test_a_pair_is_referred_once_with_the_reasons_that_the_record_gives(scaled, refer):
    first = refer()
    assert refer(judgement="Other words.", by="chair") == first
    assert ids(first) == ["professional_judgement"]
    assert first.agency == scaled.cast.agencies["refuge"]


def test_without_a_criterion_a_judgement_is_asked_for(scaled, refer):
    with pytest.raises(NotUnderstood, match="No criterion is met by the record"):
        refer(judgement=" ")
    assert not MaracReferral.objects.exists()


def test_visible_high_risk_and_escalation_are_found_from_the_record(world, refer):
    for number, days in enumerate((200, 100)):
        world.earlier(days, f"NM-E{number}", MARIA, DANIEL, LEILA)
    world.notify(notification(risk={"tool": "DASH", "score": 15, "officer_grade": "high"}))
    made = refer(judgement="")
    assert ids(made) == ["visible_high_risk", "potential_escalation"]
    assert made.criteria[1]["because"].startswith("3 in 12 months")


def test_what_any_agency_assessed_since_counts_too_and_is_named(scaled, refer):
    made = record_assessment(
        key=UUID(int=1), incident=Incident.objects.get(), mention=scaled.mention("Maria"),
        tool="dara", answers={i.id: i.choices[0].id if i.choices else "x" for i in DARA.items},
        band="high", band_because="He follows her.", assessor="Carys Lloyd",
        agency=scaled.cast.agencies["refuge"], assessed_on=local_date(scaled.now),
        by=scaled.user("health"), now=scaled.now,
    )  # fmt: skip
    referral = refer(judgement="")
    assert ids(referral) == ["visible_high_risk"]
    assert "Graded high (First-response assessment" in referral.criteria[0]["because"]
    assert "Haven Domestic Abuse Service" in referral.criteria[0]["because"]
    chair = {"by": scaled.user("chair"), "now": scaled.now}
    withdraw_referral(referral=referral, because="x", **chair)
    withdraw_assessment(assessment=made, because="Of another.", **chair)
    with pytest.raises(NotUnderstood, match="No criterion"):
        refer(judgement="")


def test_abuse_of_another_victim_is_no_escalation_of_this_pair(world, refer):
    for number, days in enumerate((200, 100, 50)):
        world.earlier(days, f"NM-E{number}", IVY, DANIEL, NOAH)
    world.notify(notification())
    with pytest.raises(NotUnderstood, match="No criterion"):
        refer(judgement="")


def test_a_young_victim_and_two_who_are_no_pair_are_refused(world):
    world.notify(notification("NM-1", MARIA | {"birth_date": "2013-03-14"}, DANIEL, LEILA))
    incident, chair = Incident.objects.get(), world.user("chair")
    maria, daniel, leila = (world.person(n).pk for n in ("Maria", "Daniel", "Leila"))
    with pytest.raises(WrongMoment, match="victims of 16 and over"):
        refer_to_marac(
            incident=incident, pair=(maria, daniel), judgement="x", by=chair, now=world.now
        )
    assert leila
    with pytest.raises(WrongMoment, match="both be named"):
        refer_to_marac(incident=incident, pair=(maria, 0), judgement="x", by=chair, now=world.now)


def test_hearing_flags_the_pair_for_twelve_months_and_once(marac, scaled):
    for _ in range(2):
        hearing = heard(scaled, marac)
    assert MaracHearing.objects.count() == 1
    assert hearing.flagged_until == local_date(scaled.now).replace(year=2027)
    with pytest.raises(WrongMoment, match="heard already"):
        heard(scaled, marac, summary="Other words.")


def test_a_flag_ends_by_itself_and_is_never_told_beside_another_victim(marac, scaled):
    heard(scaled, marac)
    pair = frozenset((scaled.person("Maria").pk, scaled.person("Daniel").pk))
    incident = Incident.objects.latest("pk")
    today, last = local_date(scaled.now), MaracHearing.objects.get().flagged_until

    def flags(day, shown=pair, about=incident):
        return standing_of(about.pk, about.started_at, shown, day).flags

    assert flags(today)
    assert flags(last)
    assert not flags(last + timedelta(days=1))
    assert not flags(today, shown=frozenset())
    other = again(scaled, 3, IVY, DANIEL, NOAH)
    everybody = pair | {scaled.person("Ivy").pk, scaled.person("Noah").pk}
    assert not flags(today, shown=everybody, about=other)


def test_a_new_notification_of_the_same_two_within_twelve_months_is_a_repeat(marac, scaled, refer):
    hearing = heard(scaled, marac)
    incident = again(scaled, 40, MARIA, DANIEL, SAM)
    shown = frozenset((scaled.person("Maria").pk, scaled.person("Daniel").pk))
    today = local_date(scaled.now)
    assert standing_of(incident.pk, incident.started_at, shown, today).repeats
    assert [one.words for one in marac_hearings_of([incident.pk])[incident.pk]] == [
        "Heard at MARAC"
    ]
    answered = scaled.screening("Sam").answers.get(item="P8")
    assert (answered.value, answered.from_record) == ("yes", True)
    repeat = refer(judgement="")
    assert ids(repeat) == ["repeat"]
    assert repeat.repeat_of == hearing
    late = again(scaled, 400, MARIA, DANIEL, SAM)
    ended = standing_of(late.pk, late.started_at, shown, local_date(scaled.now))
    assert (ended.flags, ended.repeats, ended.waiting) == ((), (), (repeat.pk,))


def test_members_see_the_pair_and_nobody_else_while_it_is_heard_and_flagged(marac, scaled):
    housing = scaled.user("idva")
    housing.agency = scaled.cast.agencies["housing"]
    housing.save()

    def seen(days):
        people = [scaled.person(n).pk for n in ("Maria", "Daniel", "Leila")]
        answers = what_they_may_see(housing, people, scaled.now + timedelta(days=days))
        return {person: Item.HOUSEHOLD in answer.items for person, answer in answers.items()}

    pair = {scaled.person(n).pk: False for n in ("Maria", "Daniel")}
    assert seen(1) == pair
    assert seen(60) == {}
    heard(scaled, marac)
    assert seen(60) == seen(364) == pair
    assert seen(367) == {}


def test_what_was_heard_or_taken_back_is_at_the_wrong_moment(marac, scaled, refer, arrange):
    run = {"by": scaled.user("administrator"), "now": scaled.now}
    referral = MaracReferral.objects.get()
    heard(scaled, marac)
    with pytest.raises(WrongMoment, match="was heard on"):
        withdraw_referral(referral=referral, because="x", **run)
    with pytest.raises(WrongMoment, match="heard or withdrawn"):
        add_to_list(meeting=arrange("marac", hours=24 * 20), about=referral, because="x", **run)
    second = refer(judgement="Again.")
    with pytest.raises(NotUnderstood, match="Say why"):
        withdraw_referral(referral=second, because=" ", **run)
    assert withdraw_referral(referral=second, because="Wrong man.", **run) == withdraw_referral(
        referral=second, because="Twice.", **run
    )
    unpublished = arrange("marac", hours=24 * 30)
    third = refer(judgement="Once more.")
    item = add_to_list(meeting=unpublished, about=third, because="Asked for.", **run)
    with pytest.raises(WrongMoment, match="not been published"):
        hear(item=item, summary="x", **run)
    with pytest.raises(WrongMoment, match="lists pairs"):
        add_to_list(meeting=unpublished, about=Incident.objects.latest("pk"), because="x", **run)


def test_a_marac_lists_who_was_referred_before_its_list_closed(scaled, arrange, refer):
    refer()
    run = {"by": scaled.user("administrator"), "now": scaled.now}
    soon, later = arrange("marac", hours=24 * 3), arrange("marac", hours=24 * 9)
    assert build_list(meeting=soon, **run) == []
    (item,) = build_list(meeting=later, **run)
    assert item.because == ["A professional judges the risk to be high."]
    publish_list(meeting=later, **run)
