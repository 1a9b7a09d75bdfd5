"""A plan says what the change does, because it is the change, rolled back."""

from functools import partial

import pytest

from sightline.audit.models import Event
from sightline.common.errors import WrongMoment
from sightline.pathway.changing import carry_out, plan_for
from sightline.pathway.planning import contradictions
from sightline.pathway.presenters.changes import kept_plan, plan_page
from sightline.people.changes import join, split
from sightline.people.models import Link, LinkChange, Mention
from sightline.people.moving import StalePlan
from sightline.sharing.models import Disclosure
from sightline.sharing.reach import reach
from tests.world import LEILA, MARIA, SAM, notification

pytestmark = pytest.mark.django_db


@pytest.fixture
def joining(in_doubt):
    """Joining Lela and Leila: the change, whom it is about, who asks for it and when."""
    lela, leila = in_doubt.person("Lela"), in_doubt.person("Leila")
    change = partial(join, gone=lela, stays=leila)
    return change, [lela.pk, leila.pk], {"by": in_doubt.user("chair"), "now": in_doubt.now}


def everything() -> list[list]:
    return [
        list(model.objects.order_by("pk").values())
        for model in (Link, LinkChange, Disclosure, Event)
    ]


def test_a_plan_changes_nothing(joining):
    change, both, who = joining
    before = everything()
    plan, refused = plan_for(change, both, **who)
    assert plan is not None
    assert refused == ""
    assert everything() == before


def test_what_was_planned_is_what_is_found_afterwards(joining):
    change, both, who = joining
    plan, _ = plan_for(change, both, **who)
    carry_out(change, both, because="one", seen=plan.seen, **who)
    moved = [link.mention_id for link in Link.objects.filter(made_in__isnull=False)]
    parting = partial(split, person=change.keywords["stays"], mentions=moved)
    now_so, _ = plan_for(parting, both, **who)
    assert now_so.before == plan.after


def test_the_plan_is_kept_as_it_was_shown(joining):
    change, both, who = joining
    plan, _ = plan_for(change, both, **who)
    made = carry_out(change, both, because="one", seen=plan.seen, **who)
    assert kept_plan(LinkChange.objects.get(pk=made.pk)) == plan_page(plan)


def test_what_was_shown_of_other_links_is_refused(joining):
    change, both, who = joining
    with pytest.raises(StalePlan):
        carry_out(change, both, because="one", seen="0" * 32, **who)


def test_what_would_be_refused_has_no_plan_and_says_why(in_doubt):
    maria, lela = in_doubt.person("Maria"), in_doubt.person("Lela")
    plan, refused = plan_for(
        partial(join, gone=maria, stays=lela), [maria.pk, lela.pk],
        by=in_doubt.user("chair"), now=in_doubt.now,
    )  # fmt: skip
    assert plan is None
    assert "same notification" in refused


def test_a_restriction_that_spreads_is_said_before_anything_else(joining, in_doubt):
    change, both, who = joining
    lela = in_doubt.person("Lela")
    lela.restricted_at, lela.restricted_by = in_doubt.now, in_doubt.user("ig")
    lela.save()
    plan, _ = plan_for(change, both, **who)
    assert plan.restricted_anew
    page = plan_page(plan)
    assert page.warnings[0].startswith("A restricted record is part of this")
    assert any("will no longer see" in note for note in page.notes)


def test_a_change_that_cannot_be_made_leaves_nothing_half_done(joining):
    change, both, who = joining
    before = everything()
    with pytest.raises(WrongMoment):
        carry_out(change, both, because=" ", seen="", **who)
    assert everything() == before


def test_what_cannot_all_be_true_of_one_person_is_said(world):
    other = LEILA | {"birth_date": "2017-06-09", "sex": "M", "nhs_number": "9990000034"}
    world.notify(notification("NM-1", MARIA, LEILA))
    world.notify(notification("NM-2", MARIA, other, SAM))
    found = list(contradictions(list(Mention.objects.filter(given_name="Leila"))))
    assert [words.split(" in one record")[0] for words in found] == [
        "2 dates of birth", "2 NHS numbers", "2 sexes",
    ]  # fmt: skip
    mixed = Mention.objects.filter(given_name__in=["Maria", "Sam"])
    assert "One record, written as a child and as an adult." in list(contradictions(list(mixed)))


def test_no_contradiction_is_seen_where_something_is_only_missing(world):
    world.notify(notification("NM-1", MARIA, LEILA))
    world.notify(notification("NM-2", MARIA, LEILA | {"birth_date": None, "nhs_number": ""}))
    assert not list(contradictions(list(Mention.objects.filter(given_name="Leila"))))


def test_what_each_agency_reaches_is_what_the_ledger_opens(in_doubt):
    mention = in_doubt.mention("Lela").pk
    doors = Disclosure.objects.filter(person=in_doubt.person("Lela"), until_at__gt=in_doubt.now)
    by_agency: dict[int, frozenset] = {}
    for door in doors:
        by_agency[door.agency_id] = by_agency.get(door.agency_id, frozenset()) | {*door.items}
    found = reach([mention], in_doubt.now)
    assert {agency: items[mention] for agency, items in found.items()} == by_agency
    assert by_agency
