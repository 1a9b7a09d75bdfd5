"""Plans, factors and audits of files, counted on the fingers; and what was not asked."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from sightline.actions.outcomes import record_outcome
from sightline.assurance.commands import record_audit, withdraw_audit
from sightline.insight.catalogue import BY_ID
from sightline.insight.periods import Period
from sightline.rules.screening.instrument import instrument_on
from sightline.rules.social_care import Said
from tests.insight.engines import agreed, snapshot
from tests.world import notification

pytestmark = pytest.mark.django_db
FOUND = {
    "risk": ("yes", ""), "impact": ("yes", ""), "agencies": ("n_a", ""),
    "perpetrator": ("no", "Nobody spoke to him."), "voice": ("partly", "Not seen alone."),
}  # fmt: skip


@pytest.fixture
def counted(world, tmp_path):
    """Return a function that counts a figure on the records and on a snapshot, alike."""
    engines = []

    def count(figure_id, first=None, last=None):
        engine = engines[0] if engines else snapshot(tmp_path, world.now + timedelta(minutes=5))
        engines[:] = [engine]
        figure = BY_ID[figure_id]
        names = [column.name for column in figure.columns]
        rows = agreed(figure, Period(first, last), engine).rows
        return [dict(zip(names, row, strict=True)) for row in rows]

    return count


def test_what_is_filled_in_later_was_not_said_before_it_was(world, tmp_path):
    world.notify(notification())
    plan = Said(kind="child_protection_plan", on=date(2026, 11, 21))
    of_a_kind = replace(plan, primary_category="EMO")
    at_first, later = world.now + timedelta(days=2), world.now + timedelta(days=4)
    for said, at in (
        (plan, at_first), (of_a_kind, later), (of_a_kind, later),  # the same twice is once
        (replace(plan, primary_category="NEG", domestic_abuse=True), later + timedelta(days=2)),
    ):  # fmt: skip
        screening = world.screening("Leila")
        record_outcome(screening=screening, said=said, by=world.user("chair"), now=at)
    found = []
    for moment in (at_first, later, later + timedelta(days=2)):
        moment += timedelta(days=1)
        rows = agreed(BY_ID["s4.plans"], Period(), snapshot(tmp_path, moment)).rows
        found.append([row[:3] for row in rows[:-1]])
    assert found == [
        [("Not recorded", 1, 0)], [("Emotional abuse", 1, 0)], [("Neglect", 1, 1)],
    ]  # fmt: skip


def test_plans_factors_and_audits(world, followed, decided, counted):
    world.notify(notification())
    leila, sam = world.mention("Leila"), world.mention("Sam")
    for mention, category, abuse in ((leila, "EMO", True), (sam, "EMO", None)):
        plan = followed(mention, "child_protection_plan", "2026-11-10")
        plan.primary_category, plan.domestic_abuse = category, abuse
        plan.save()
    for mention, on, ended, factors in (
        (leila, "2026-04-02", "2026-05-01", ["3A", "3B", "4B", "2B"]),
        (leila, "2026-02-02", "2026-03-31", ["3C", "4A", "1C"]),
        (sam, "2026-06-01", "2026-07-01", ["16A"]),
        (sam, "2026-08-01", "2026-09-01", []),
        (sam, "2026-10-01", None, ["3B"]),  # not ended: in no year
    ):
        assessment = followed(mention, "family_assessment", on)
        assessment.ended_on, assessment.factors = ended, factors
        assessment.save()
    decided("Leila", 3, "CFA")
    run = {"council": world.cast.agencies["care"], "learning": "", "by": world.user("chair")}
    kept = {"screening": world.screening("Leila"), "found": FOUND, "now": world.now}
    record_audit(key=UUID(int=1), **run, **kept)
    mistaken = record_audit(key=UUID(int=2), **run, **kept)
    withdraw_audit(audit=mistaken, because="Twice.", by=world.user("chair"), now=world.now)

    plans = {row["category"]: row for row in counted("s4.plans")}
    emotional = plans["Emotional abuse"]
    assert [emotional[name] for name in ("plans", "domestic_abuse", "none", "not_said")] == [
        2, 1, 0, 1,
    ]  # fmt: skip
    assert plans["total"]["domestic_abuse_pct"] == Decimal("50.0")
    earlier, later = counted("s4.factors")
    assert [earlier[n] for n in ("year", "ended", "abuse", "f3c", "trio", "parents_trio")] == [
        "2025-26", 1, 1, 1, 1, 0,
    ]  # fmt: skip
    names = ("ended", "with_factors", "abuse", "f3a", "f3b", "f3c", "trio", "parents_trio")
    assert [later[name] for name in names] == [3, 2, 1, 1, 1, 0, 1, 1]
    found = {row["theme"]: row for row in counted("s2.audit_themes")}
    voice, agencies = found["The child’s voice"], found["Agencies working together, and referrals"]
    assert (voice["files"], voice["partly"], voice["not_enough_pct"]) == (1, 1, Decimal("100.0"))
    assert (agencies["files"], agencies["not_applicable"]) == (0, 1)
    (asked,) = counted("quality.not_asked")
    questions = len(instrument_on(date(2026, 11, 20)).items)
    assert (asked["children"], asked["questions"]) == (1, questions)
    assert asked["answered"] + asked["not_known"] + asked["not_asked"] == questions
    assert counted("quality.not_checked") == []
