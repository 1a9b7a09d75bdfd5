"""Who is asked when a case opens, and what corrections do to it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.access.models import Agency
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.intake.models import Contact
from sightline.pathway.stages import ask_again, renew_doors, take_through
from sightline.people.changes import split
from sightline.people.models import Link
from sightline.research.answering import Giver, answer
from sightline.research.asking import ask_agencies
from sightline.research.commands import ask_by_hand, choose_agency, withdraw
from sightline.research.models import Asked, How, ResearchRequest
from sightline.screening.commands import set_scale
from sightline.sharing.models import Disclosure, Item
from sightline.sharing.queries import may_see
from tests.world import DANIEL, LEILA, MARIA, NOAH, NOW, SAM, UNBORN, notification

pytestmark = pytest.mark.django_db

STANDING = {"withdrawn_at__isnull": True, "request__withdrawn_at__isnull": True}


def asked(**of):
    """Return who is asked about whom now: by service, the given names."""
    found: dict[str, set[str]] = {}
    rows = Asked.objects.filter(**STANDING, **of).values_list(
        "request__service", "mention__given_name", "mention__source__superseded_at"
    )
    for service, name, superseded in rows:
        assert superseded is None
        found.setdefault(service, set()).add(name or "unborn")
    return found


def correct(world, *people, **changes):
    """Have police correct the notification, an hour later."""
    return world.notify(
        notification("NM-1", *people, version=2, **changes), now=NOW + timedelta(hours=1)
    )


def test_agencies_are_asked_about_those_whom_they_may_know(research):
    assert asked() == {
        "social_care": {"Leila", "Sam", "unborn"}, "early_help": {"Leila", "Sam", "unborn"},
        "midwifery": {"Maria", "unborn"}, "health_visiting": {"Sam"}, "school_nursing": {"Leila"},
        "school": {"Leila", "Sam"}, "domestic_abuse": {"Maria"},
    }  # fmt: skip
    assert research.request("school").agency == research.world.cast.schools["900001"].agency


def test_asking_again_changes_nothing(research, world):
    before = list(ResearchRequest.objects.values())
    doors = list(Disclosure.objects.order_by("pk").values())
    ask_agencies([research.request("school").incident_id], now=NOW + timedelta(hours=2))
    take_through([world.received[0].notification.pk], NOW + timedelta(hours=2))
    assert list(ResearchRequest.objects.values()) == before
    assert [d for d in Disclosure.objects.order_by("pk").values() if d["origin"] == "research"] == [
        d for d in doors if d["origin"] == "research"
    ]


def test_setting_a_scale_asks_whoever_is_asked_only_then(research, world):
    screening = world.screening("Leila")
    set_scale(
        screening=screening, scale=4, because="Strangulation was seen by the neighbour.",
        second_agency=None, by=world.user("chair"), now=NOW,
    )  # fmt: skip
    assert "gp" not in asked()
    ask_again(screening.pk, NOW)
    ask_again(screening.pk, NOW)
    assert asked()["gp"] == {"Leila", "Sam", "Maria", "Daniel"}
    assert asked()["probation"] == {"Daniel"}
    assert research.request("gp").urgency == "red"


def test_a_correction_adds_withdraws_and_goes_on_with_the_rest(research, world):
    school = research.request("school").pk
    older = SAM | {"birth_date": "2020-01-30"}
    correct(world, MARIA, DANIEL, LEILA, older)
    assert asked() == {
        "social_care": {"Leila", "Sam"}, "early_help": {"Leila", "Sam"},
        "school_nursing": {"Leila", "Sam"}, "school": {"Leila", "Sam"},
        "domestic_abuse": {"Maria"},
    }  # fmt: skip
    assert research.request("school").pk == school
    gone = ResearchRequest.objects.filter(withdrawn_at__isnull=False)
    assert {one.service for one in gone} == {"midwifery", "health_visiting"}
    assert all(one.withdrawn_because for one in gone)
    health = world.user("health")
    for one in gone:
        open_still = Disclosure.objects.filter(
            origin="research", origin_id=str(one.pk), until_at__gt=NOW + timedelta(hours=1)
        )
        assert not open_still.exists()
    assert health.agency_id == gone[0].agency_id


def test_another_school_in_the_correction_is_asked_instead(research, world):
    part = LEILA["child"] | {"school_name": "Castlebrook High School"}
    correct(world, MARIA, DANIEL, LEILA | {"child": part}, SAM, UNBORN)
    schools = ResearchRequest.objects.filter(service="school", withdrawn_at=None)
    by_school = {
        one.agency.name: [a.mention.given_name for a in one.about.filter(withdrawn_at=None)]
        for one in schools
    }
    assert by_school == {
        "Brook Lane Primary School": ["Sam"], "Castlebrook High School": ["Leila"],
    }  # fmt: skip


def test_a_child_who_is_named_after_the_answer_is_a_question_of_its_own(research, world):
    first = research.request("early_help")
    answer(
        request=first, says=research.says("early_help"), now=NOW,
        giver=Giver(How.OWN, by=research.contact("early_help")),
    )  # fmt: skip
    correct(world, MARIA, DANIEL, LEILA, SAM, NOAH)
    second = research.request("early_help")
    assert second.pk != first.pk
    assert [a.mention.given_name for a in second.about.all()] == ["Noah"]
    first.refresh_from_db()
    assert first.withdrawn_at is None


def test_of_somebody_parted_from_another_the_doors_follow(research, world):
    """Leila was seen before; the two mentions turn out to be two girls."""
    earlier = world.earlier(30, "NM-0", MARIA, DANIEL, LEILA).notification.source
    request = research.request("school_nursing", incident=earlier.incident)
    [about] = request.about.all()
    both = world.person("Leila")
    split(
        person=both, mentions=[about.mention_id], because="Two girls of one name",
        by=world.user("chair"), now=NOW,
    )  # fmt: skip
    renew_doors(about.mention_id, NOW)
    now_is = Link.objects.get(mention=about.mention, ended_at=None).person
    assert now_is != both
    doors = Disclosure.objects.filter(origin="research", origin_id=str(request.pk))
    assert [d.person for d in doors.filter(until_at__gt=NOW)] == [now_is]


def test_nobody_is_asked_by_rule_about_a_restricted_person(world):
    world.earlier(100, "NM-0", MARIA, DANIEL)
    maria = world.person("Maria")
    maria.restricted_at, maria.restricted_by = NOW, world.user("ig")
    maria.save()
    incident = world.notify(notification()).notification.source.incident
    now_asked = asked(request__incident=incident)
    assert "domestic_abuse" not in now_asked
    assert now_asked["midwifery"] == {"unborn"}


def test_a_family_new_to_the_area_goes_to_the_councils_officer(research, world):
    source = world.received[0].notification.source
    Contact.objects.create(
        key="8b0c3c7e-9d5b-4c3e-8a41-111111111111", source=source, told_by="Farholt",
        recorded_at=NOW - timedelta(days=30), recorded_by=world.user("administrator"),
    )  # fmt: skip
    ask_agencies([source.incident_id], now=NOW)
    assert asked()["new_families"] == {"Leila", "Sam", "unborn", "Maria"}


def test_where_nobody_or_several_answer_somebody_must_choose(research, world):
    other = Agency.objects.create(name="Tanner's Row Surgery", kind="health", services=["gp"])
    world.screening("Leila")
    set_scale(
        screening=world.screening("Leila"), scale=4, because="Strangled.", second_agency=None,
        by=world.user("chair"), now=NOW,
    )  # fmt: skip
    ask_again(world.screening("Leila").pk, NOW)
    request = research.request("gp")
    assert request.agency is None
    by, later = world.user("administrator"), NOW + timedelta(days=3)
    for _ in range(2):
        chosen = choose_agency(request=request, agency=other, by=by, now=later)
    assert (chosen.agency, chosen.due_at > request.due_at) == (other, True)
    assert Disclosure.objects.filter(origin="research", agency=other, until_at__gt=later).count()
    with pytest.raises(WrongMoment, match="Another agency"):
        choose_agency(request=request, agency=world.cast.agencies["gp"], by=by, now=later)
    ask_agencies([request.incident_id], now=later)
    assert ResearchRequest.objects.filter(service="gp").count() == 1


def test_a_person_asks_another_agency_once_with_a_reason(research, world):
    by = world.user("administrator")
    school = research.request("school")
    daniel = world.mention("Daniel")
    wish = {
        "incident": school.incident, "agency": world.cast.agencies["probation"],
        "service": "probation", "about": [daniel], "by": by, "now": NOW,
    }  # fmt: skip
    with pytest.raises(NotUnderstood, match="Say why"):
        ask_by_hand(**wish, because=" ")
    for _ in range(2):
        made = ask_by_hand(**wish, because="He said that he was on licence.")
    assert [a.because for a in made.about.all()] == ["He said that he was on licence."]
    assert made.asked_by == by
    with pytest.raises(NotUnderstood, match="does not answer"):
        ask_by_hand(**(wish | {"service": "gp"}), because="x")
    correct(world, MARIA, DANIEL, LEILA, SAM, UNBORN)
    assert asked()["probation"] == {"Daniel"}


def test_a_question_is_withdrawn_once_and_not_after_the_answer(research, world):
    by, request = world.user("administrator"), research.request("early_help")
    with pytest.raises(NotUnderstood, match="Say why"):
        withdraw(request=request, because="", by=by, now=NOW)
    for _ in range(2):
        gone = withdraw(request=request, because="Asked by mistake", by=by, now=NOW)
    assert gone.withdrawn_by == by
    with pytest.raises(WrongMoment, match="withdrawn: Asked by mistake"):
        answer(
            request=request, says=research.says("school_nursing"), now=NOW,
            giver=Giver(How.OWN, by=research.contact("early_help")),
        )  # fmt: skip
    nursing = research.request("school_nursing")
    answer(
        request=nursing, says=research.says("school_nursing"), now=NOW,
        giver=Giver(How.OWN, by=world.user("health")),
    )  # fmt: skip
    with pytest.raises(WrongMoment, match="has been answered"):
        withdraw(request=nursing, because="too late", by=by, now=NOW)


def test_the_asked_agency_sees_whom_it_is_asked_about_and_nobody_else(research, world):
    contact = research.contact("refuge")
    for name, sees in (("Maria", True), ("Daniel", False), ("Leila", False)):
        assert may_see(contact, world.person(name), Item.IDENTITY, NOW).allowed is sees
    for item in set(Item) - {Item.IDENTITY}:
        assert not may_see(contact, world.person("Maria"), item, NOW).allowed
    later = NOW + timedelta(days=91)
    assert not may_see(contact, world.person("Maria"), Item.IDENTITY, later).allowed


def test_eight_incidents_take_as_many_queries_as_two(world):
    def queries(first, last):
        ids = []
        for number in range(first, last):
            born = f"2015-01-{number + 1:02}"
            child = LEILA | {"given_name": f"Child{number}", "birth_date": born, "nhs_number": ""}
            kept = world.receive(notification(f"NM-{number}", child))
            take_through([kept.notification.pk], NOW, asking=False)
            kept.notification.refresh_from_db()
            ids.append(kept.notification.source.incident_id)
        with CaptureQueriesContext(connection) as made:
            ask_agencies(ids, now=NOW)
        return len(made)

    assert queries(0, 2) == queries(2, 10)


def test_where_everybody_asked_about_was_somebody_else_the_question_goes_on(world):
    world.notify(notification("NM-1", LEILA))
    before = ResearchRequest.objects.get(service="school_nursing").pk
    correct(world, LEILA | {"given_name": "Kim", "birth_date": "2016-02-02", "nhs_number": ""})
    assert asked()["school_nursing"] == {"Kim"}
    assert ResearchRequest.objects.get(service="school_nursing").pk == before


def test_who_is_asked_about_is_no_business_of_the_rest_of_the_agency(research, world):
    """Social care is asked about Leila; its social workers learn nothing by that."""
    for local, sees in (("socialworker", False), ("provider", True)):
        answered = may_see(world.user(local), world.person("Leila"), Item.IDENTITY, NOW)
        assert answered.allowed is sees


def test_of_an_unborn_child_nobody_is_asked_again_after_a_correction(research, world):
    midwives = research.request("midwifery")
    answer(
        request=midwives, says=research.says("midwifery"), now=NOW,
        giver=Giver(How.OWN, by=world.user("health")),
    )  # fmt: skip
    correct(world, MARIA, DANIEL, LEILA, SAM, UNBORN)
    assert ResearchRequest.objects.filter(service="midwifery").get() == midwives
    assert research.request("midwifery").answered_at is not None
