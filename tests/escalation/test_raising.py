"""Silence escalates: once a tier, to whose turn it is, however often the clock strikes."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db.models import Q

from sightline.access.cover import record_absence, set_deputy
from sightline.actions.doing import complete, decline
from sightline.audit.models import Event
from sightline.common.announce import quietly
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.escalation.commands import acknowledge, close
from sightline.escalation.models import Escalation
from sightline.escalation.presenters import rows_of
from sightline.escalation.queries import count_for, loaded, waiting_for, waiting_for_others
from sightline.escalation.raising import DONE, HIGHER, escalate
from sightline.escalation.sending import mail_escalations
from sightline.pathway.tasks import IN_TRANSACTION
from sightline.research.models import Asked, ResearchRequest

pytestmark = pytest.mark.django_db


def of_actions():
    return Escalation.objects.filter(action__isnull=False).order_by("pk")


def tiers():
    return list(of_actions().values_list("tier", flat=True))


def run(at, *days):
    with quietly("escalations.raised"):
        for day in days:
            escalate(at(day))


def test_it_climbs_from_the_worker_to_the_partnership_each_once(late, world, at):
    late()
    run(at, 0, 1, 3, 3, 4, 5, 6, 14, 14, 28, 40)
    assert tiers() == ["reminder", "worker", "manager", "agency", "partnership"]
    to = list(of_actions().values_list("to_user__name", "to_agency__name"))
    care = "Castlebrook Children's Social Care"
    assert to == [
        ("Tom Bright", care), ("Tom Bright", care), ("Helen Ashworth", care),
        ("Marcus Webb", care), (None, None),
    ]  # fmt: skip
    *lower, last = of_actions()
    assert {one.closing_note for one in lower} == {HIGHER}
    assert last.closed_at is None
    assert last.because == "It was due by Friday 20 November 2026 and is not done."


def test_tiers_that_passed_while_nothing_ran_are_left_out(late, at):
    late()
    run(at, 15)
    assert tiers() == ["agency"]


def test_nothing_is_escalated_before_it_is_near(late, at):
    late(days=30)
    run(at, 1)
    assert tiers() == []


def test_what_nobody_owns_goes_to_the_agency_at_once(late, world, at):
    late(owner=None)
    late("Call", agency="refuge", owner=None)
    run(at, 3)
    care, refuge = of_actions()
    assert care.to_user == world.user("carelead")  # the one lead
    assert (refuge.to_user, refuge.to_agency) == (None, world.cast.agencies["refuge"])
    assert refuge in waiting_for(world.user("idva"))


def test_of_a_leaver_the_lead_hears(late, world, at):
    late()
    worker = world.user("socialworker")
    worker.is_active = False
    worker.save()
    run(at, 3)
    assert of_actions().get().to_user == world.user("carelead")


@pytest.mark.parametrize("end", [complete, decline])
def test_it_closes_by_itself_when_it_is_done_or_came_back(late, world, at, end):
    action = late()
    run(at, 3)
    reason = {"note": "Done."} if end is complete else {"because": "Full."}
    end(action=action, by=world.user("socialworker"), now=at(4), **reason)
    run(at, 5)
    one = of_actions().get()
    assert (one.closing_note, one.closed_by) == (DONE, None)
    run(at, 30)
    assert len(tiers()) == 1


def test_a_statutory_clock_goes_to_social_cares_lead_then_to_the_partnership(late, world, at):
    late(days=300)
    run(at, 69)  # 45 working days end on 27 January, over Christmas and New Year
    clock = Escalation.objects.get(clock="assessment")
    assert (clock.tier, clock.to_user) == ("agency", world.user("carelead"))
    run(at, 80)
    assert Escalation.objects.get(clock="assessment", closed_at=None).tier == "partnership"


def test_a_question_that_an_agency_does_not_answer_climbs_from_the_hour_on(late, world, at):
    late(days=300)
    incident = world.screening("Leila").incident
    asked = ResearchRequest.objects.create(
        incident=incident, service="housing", agency=world.cast.agencies["housing"],
        urgency="red", rules="x 1", asked_at=world.now, due_at=at(3) - timedelta(hours=1),
        due_because="Four working hours.",
    )  # fmt: skip
    Asked.objects.create(request=asked, mention=world.mention("Leila"), because="Tenancy.")
    run(at, 2, 3, 4, 6)
    climbed = asked.escalations.order_by("pk").values_list("tier", flat=True)
    assert list(climbed) == ["worker", "agency", "partnership"]
    [row] = rows_of(world.user("chair"), loaded(Q(research=asked, closed_at=None)), at(6))
    assert (row.what, row.late) == ("What housing knows of the family", "Late by 3 days")
    ResearchRequest.objects.filter(pk=asked.pk).update(answered_at=at(6))
    run(at, 7)
    assert not asked.escalations.filter(closed_at=None).exists()


def test_of_somebody_away_the_deputy_hears(late, world, at):
    late()
    worker, deputy = world.user("socialworker"), world.user("teammanager")
    set_deputy(user=worker, deputy=deputy, by=None, now=world.now)
    record_absence(
        user=worker, first=at(1).date(), last=at(9).date(), by=deputy, now=world.now
    )  # fmt: skip
    run(at, 3)
    assert of_actions().get().to_user == deputy


def test_a_family_that_nobody_decides_on_goes_to_the_partnership(late, world, at):
    run(at, 4)
    undecided = Escalation.objects.filter(clock="referral_decision", tier="agency")
    assert undecided.count() == 3  # each child alone
    assert set(undecided) <= set(waiting_for(world.user("chair")))
    assert not waiting_for(world.user("socialworker")).exists()


def test_knowing_and_closing_are_records_and_twice_is_once(late, world, at):
    late()
    run(at, 3)
    one, worker = of_actions().get(), world.user("socialworker")
    assert count_for(worker) == 1
    for _ in range(2):
        acknowledge(escalation=one, by=worker, now=at(3))
    assert count_for(worker) == 0
    with pytest.raises(NotUnderstood):
        close(escalation=one, note=" ", by=worker, now=at(3))
    for _ in range(2):
        close(escalation=one, note="Visit booked for Tuesday.", by=worker, now=at(3))
    with pytest.raises(WrongMoment, match="closed"):
        close(escalation=one, note="Other words.", by=worker, now=at(3))
    one.refresh_from_db()
    assert one.closing_note == "Visit booked for Tuesday."
    assert Event.objects.filter(what="escalation.acknowledged").count() == 1
    run(at, 5)
    assert tiers() == ["worker", "manager"]  # closing is not doing


def test_what_closed_before_anybody_knew_is_not_acknowledged(late, world, at):
    late()
    run(at, 3, 5)
    lower = of_actions().first()
    with pytest.raises(WrongMoment, match="closed"):
        acknowledge(escalation=lower, by=world.user("socialworker"), now=at(5))


def test_only_whoever_it_is_put_before_or_answers_for_them_may_answer(late, world, at):
    late()
    run(at, 3)
    one = of_actions().get()
    for who in ("idva", "provider", "outsider"):
        with pytest.raises(PermissionDenied):
            acknowledge(escalation=one, by=world.user(who), now=at(3))
    assert one in waiting_for_others(world.user("teammanager"))
    acknowledge(escalation=one, by=world.user("carelead"), now=at(3))


def test_one_mail_says_that_something_waits_and_nothing_else(late, world, at):
    late()
    late("Strategy discussion")
    run(at, 3)
    worker = world.user("socialworker")
    assert mail_escalations(worker.pk, now=at(3))
    assert not mail_escalations(worker.pk, now=at(3))
    [sent] = mail.outbox
    assert sent.to == [worker.email]
    words = sent.subject + sent.body
    assert not [w for w in ("Leila", "Moreno", "Brook", "ssessment", "Strategy") if w in words]
    assert "/escalations/" in words


def test_raising_enqueues_the_mail_in_its_own_transaction(late, world, at, monkeypatch):
    deferred = []

    class Enqueued:
        def __init__(self, name, **_):
            self.name = name

        def defer(self, **what):
            deferred.append((self.name, what))

    monkeypatch.setattr(IN_TRANSACTION, "configure_task", Enqueued)
    late()
    escalate(at(3))
    assert ("mail_escalations", {"subject": world.user("socialworker").pk}) in deferred


def test_the_number_of_queries_does_not_grow_with_what_is_late(
    late, at, django_assert_max_num_queries
):
    for number in range(3):
        late(f"A{number}", owner=None)
    with quietly("escalations.raised"), django_assert_max_num_queries(26):
        escalate(at(3))
    for number in range(20):
        late(f"B{number}", owner=None)
    with quietly("escalations.raised"), django_assert_max_num_queries(26):
        escalate(at(3) + timedelta(hours=1))
    assert len(tiers()) == 23
