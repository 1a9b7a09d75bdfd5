"""Answering: no prompt is skipped, nothing is overwritten, and who may."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from sightline.access.models import User
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.people.models import Link
from sightline.research.answering import Giver, Says, answer, answer_nothing, faults
from sightline.research.family import what_agencies_know
from sightline.research.models import How, ResearchAnswer, ResearchRequest, Told
from sightline.sharing.models import Disclosure
from tests.research.conftest import KNOWN
from tests.world import NOW

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.mark.parametrize(
    "prompt", ["worker", "telephone", "since", "matters", "may_share", "basis"]
)
def test_no_prompt_is_skipped(prompt):
    assert faults(KNOWN, TODAY) == []
    assert [one.field for one in faults(replace(KNOWN, **{prompt: " "}), TODAY)] == [prompt]


def test_what_else_cannot_be():
    assert [one.field for one in faults(replace(KNOWN, concern=None), TODAY)] == ["concern"]
    assert [one.field for one in faults(Says(known=""), TODAY)] == ["known"]
    assert [one.field for one in faults(Says(known="not_checked"), TODAY)] == ["matters"]
    to_come = replace(KNOWN, last_seen=TODAY + timedelta(days=1))
    assert [one.field for one in faults(to_come, TODAY)] == ["last_seen"]
    assert faults(Says(known="nothing"), TODAY) == []


def test_a_later_answer_supersedes_and_both_are_kept(research, world):
    request, giver = research.request("health_visiting"), research.own(world.user("health"))
    for _ in range(2):  # a second click
        first = answer(request=request, says=research.says("health_visiting"), giver=giver, now=NOW)
    assert ResearchAnswer.objects.count() == 1
    later = NOW + timedelta(hours=1)
    second = answer(
        request=request, says=research.says("health_visiting", Sam=KNOWN), giver=giver, now=later
    )
    first.refresh_from_db()
    request.refresh_from_db()
    assert (first.superseded_at, second.superseded_at) == (later, None)
    assert (request.answered_at, request.nothing_known) == (later, False)
    assert Told.objects.count() == 2


def test_somebody_left_out_or_put_in_is_refused(research, world):
    request, giver = research.request("school"), research.own(world.user("keyadult1"))
    says = research.says("school")
    one, *_ = says
    for wrong in ({one: says[one]}, says | {one + 1000: says[one]}, {}):
        with pytest.raises(NotUnderstood, match="has changed since"):
            answer(request=request, says=wrong, giver=giver, now=NOW)
    assert not ResearchAnswer.objects.exists()


def test_what_was_typed_of_somebody_not_known_is_not_kept(research, world):
    says = research.says("health_visiting", Sam=replace(KNOWN, known="nothing"))
    answer(
        request=research.request("health_visiting"), says=says,
        giver=research.own(world.user("health")), now=NOW,
    )  # fmt: skip
    assert Told.objects.values_list("worker", "matters", "may_share").get() == ("", "", "")


@pytest.mark.parametrize("local", ["keyadult1", "idva", "outsider", "manager", "administrator"])
def test_nobody_answers_for_another_agency(local, research, world):
    with pytest.raises(PermissionDenied):
        answer(
            request=research.request("health_visiting"), says=research.says("health_visiting"),
            giver=research.own(world.user(local)), now=NOW,
        )  # fmt: skip


def test_on_paper_the_team_keys_in_and_says_who_told_it(research, world):
    request, says = research.request("early_help"), research.says("early_help")
    by = world.user("administrator")
    with pytest.raises(NotUnderstood, match="who of the agency"):
        answer(request=request, says=says, giver=Giver(How.PAPER, by=by), now=NOW)
    kept = answer(
        request=request, says=says, now=NOW,
        giver=Giver(How.PAPER, by=by, told_by="Dana Whitlock, by telephone"),
    )  # fmt: skip
    assert (kept.how, kept.answered_by, kept.told_by) == (
        "paper", by, "Dana Whitlock, by telephone",
    )  # fmt: skip
    with pytest.raises(PermissionDenied):
        answer(
            request=research.request("school"), says=research.says("school"), now=NOW,
            giver=Giver(How.PAPER, by=world.user("health"), told_by="x"),
        )  # fmt: skip


def test_on_paper_nobody_answers_while_no_agency_is_chosen(research, world):
    request = research.request("early_help")
    ResearchRequest.objects.filter(pk=request.pk).update(agency=None)
    giver = Giver(How.PAPER, by=world.user("administrator"), told_by="x")
    with pytest.raises(WrongMoment, match="Choose first"):
        answer(request=request, says=research.says("early_help"), giver=giver, now=NOW)


def test_nothing_known_is_one_click_for_many_and_leaves_what_is_answered(research, world):
    by = world.user("health")
    services = ("health_visiting", "school_nursing", "midwifery")
    requests = [research.request(one) for one in services]
    answer(
        request=requests[0], says=research.says("health_visiting", Sam=KNOWN),
        giver=research.own(by), now=NOW,
    )  # fmt: skip
    answered = answer_nothing(requests=requests, by=by, now=NOW)
    assert [one.service for one in answered] == ["school_nursing", "midwifery"]
    assert answer_nothing(requests=requests, by=by, now=NOW) == []
    assert ResearchRequest.objects.filter(nothing_known=True).count() == 2
    assert set(ResearchAnswer.objects.values_list("how", flat=True)) == {"own", "bulk"}


def test_the_door_is_closed_some_days_after_the_answer(research, world):
    request = research.request("health_visiting")
    answer_nothing(requests=[request], by=world.user("health"), now=NOW)
    ends = Disclosure.objects.get(origin="research", origin_id=str(request.pk)).until_at
    assert ends == NOW + timedelta(days=14)


@pytest.fixture
def answered(research, world):
    """Health visiting knows Sam; school nursing knows nothing; the rest is late by Tuesday."""
    giver = research.own(world.user("health"))
    answer(
        request=research.request("health_visiting"), giver=giver, now=NOW,
        says=research.says("health_visiting", Sam=replace(KNOWN, may_share="team")),
    )  # fmt: skip
    answer_nothing(requests=[research.request("school_nursing")], by=giver.by, now=NOW)
    return research


def test_the_family_page_shows_names_and_telephone_numbers_first(answered, world):
    incident = answered.request("school").incident
    User.objects.filter(agency=world.cast.agencies["refuge"]).update(is_active=False)
    know = what_agencies_know(incident, world.user("chair"), NOW + timedelta(days=4))
    counts = "7 asked, 1 answered, 1 nothing known, 5 late: "
    assert know.summary == counts + ", ".join(know.late_agencies)
    assert sorted(know.late_agencies) == [
        "Children's social care", "Domestic abuse service", "Early help", "Midwifery", "School",
    ]  # fmt: skip
    first = know.lines[0]
    [sam] = first.people
    assert (sam.name, sam.worker, sam.telephone) == (
        "Sam Moreno", "Ann Lowe, health visitor", "01632 960044",
    )  # fmt: skip
    assert (sam.within_team, sam.sharing) == (True, "Only within the screening team")
    school = next(line for line in know.lines if line.service == "School")
    assert [name for name, _, _ in school.ring] == ["Grace Osei", "Liam Porter"]
    refuge = next(line for line in know.lines if line.service == "Domestic abuse service")
    assert refuge.nobody


def test_outside_the_core_team_only_ones_own_question_and_answer_are_seen(answered, world):
    incident = answered.request("school").incident
    seen = {
        local: [line.service for line in what_agencies_know(incident, user, NOW).lines]
        for local, user in {
            "school": world.user("keyadult1"), "refuge": answered.contact("refuge"),
            "outsider": world.user("outsider"), "police": world.user("police"),
        }.items()
    }  # fmt: skip
    assert seen == {
        "school": ["School"], "refuge": ["Domestic abuse service"], "outsider": [], "police": [],
    }  # fmt: skip


def test_who_is_not_open_to_a_core_member_is_not_shown_to_them(answered, world):
    sam = world.person("Sam")
    sam.restricted_at, sam.restricted_by = NOW, world.user("ig")
    sam.save()
    know = what_agencies_know(answered.request("school").incident, world.user("chair"), NOW)
    assert "Sam Moreno" not in str(know)
    assert all(line.service != "Health visiting" for line in know.lines)


def test_two_records_that_turn_out_to_be_one_child_are_shown_once(answered, world):
    leila, sam = world.mention("Leila"), world.mention("Sam")
    other = Link.objects.get(mention=sam, ended_at=None)
    Link.objects.filter(pk=other.pk).update(person=Link.objects.get(mention=leila).person)
    know = what_agencies_know(answered.request("school").incident, world.user("chair"), NOW)
    school = next(line for line in know.lines if line.service == "School")
    assert len(school.people) == 1


def test_forty_questions_take_as_many_queries_as_seven(answered, world, django_assert_num_queries):
    user, incident = world.user("chair"), answered.request("school").incident
    with django_assert_num_queries(8):
        assert what_agencies_know(incident, user, NOW).asked == 7
    like = answered.request("school")
    for _ in range(40):
        copy = ResearchRequest.objects.create(
            incident=incident, service="gp", agency=answered.contact("gp", f"c{_}").agency,
            urgency="amber", rules=like.rules, asked_at=NOW, due_at=like.due_at, due_because="x",
            answered_at=NOW,
        )  # fmt: skip
        copy.about.create(mention=world.mention("Sam"), because="x")
    ResearchRequest.objects.filter(service="gp").update(asked_at=NOW)
    with django_assert_num_queries(8):
        assert what_agencies_know(incident, user, NOW).asked == 47
