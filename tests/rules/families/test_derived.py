"""What follows from what was said, with its reason; and what does not follow."""

from datetime import date

from sightline.rules.families.derived import Together, abuse, derived
from sightline.rules.families.ties import Statement, ties_of

MARIA, DANIEL, LEILA, SAM, IVY, NOAH, ROSA = range(1, 8)
MAY, JUNE, JULY = (date(2026, month, 10) for month in (5, 6, 7))


def follows(*said):
    return derived(ties_of([Statement(a, b, kind, on, "N") for a, kind, b, on in said]))


def test_two_parents_of_one_child_have_a_child_together():
    (tie,) = follows((MARIA, "mother", LEILA, MAY), (DANIEL, "father", LEILA, JUNE))
    assert tie.words == "has a child with"
    assert tie.derived
    assert tie.since == JUNE
    assert tie.because == ("both are named as parent of ", LEILA)


def test_of_a_couple_that_was_named_it_need_not_be_derived():
    ties = follows(
        (MARIA, "mother", LEILA, MAY), (DANIEL, "father", LEILA, MAY),
        (MARIA, "ex partner", DANIEL, MAY),
    )  # fmt: skip
    assert ties == []


def test_children_of_the_same_two_parents_are_siblings():
    ties = follows(*((p, "parent", c, MAY) for p in (MARIA, DANIEL) for c in (LEILA, SAM)))
    (tie,) = [tie for tie in ties if tie.bond == "sibling"]
    assert (tie.a, tie.b, tie.words) == (LEILA, SAM, "sibling of")
    assert tie.because == ("both are named as child of ", MARIA, " and ", DANIEL)


def test_half_siblings_share_one_parent_and_the_others_are_named():
    ties = follows(
        (DANIEL, "father", LEILA, MAY), (DANIEL, "father", NOAH, MAY),
        (MARIA, "mother", LEILA, MAY), (IVY, "mother", NOAH, JULY),
    )  # fmt: skip
    (tie,) = [tie for tie in ties if tie.bond == "sibling"]
    assert tie.words == "half-sibling of"
    assert tie.because == ("both are named as child of ", DANIEL, "; other parents are ",
                           MARIA, " and ", IVY)  # fmt: skip


def test_whether_siblings_are_half_siblings_is_left_open_where_a_parent_is_not_known():
    (tie,) = follows((MARIA, "mother", LEILA, MAY), (MARIA, "mother", SAM, JUNE))
    assert tie.words == "sibling or half-sibling of"
    assert tie.because == ("both are named as child of ", MARIA, "; no other parent is shown of ",
                           LEILA, " and ", SAM)  # fmt: skip
    assert tie.since == JUNE


def test_siblings_that_were_named_are_not_derived():
    ties = follows(
        (MARIA, "mother", LEILA, MAY), (MARIA, "mother", SAM, MAY), (LEILA, "half sister", SAM, MAY)
    )
    assert ties == []


def test_a_parent_of_a_parent_is_a_grandparent():
    (tie,) = follows((ROSA, "mother", MARIA, MAY), (MARIA, "mother", LEILA, JUNE))
    assert (tie.a, tie.b, tie.words) == (ROSA, LEILA, "grandparent of")
    assert tie.since == JUNE


def test_what_rests_on_a_doubt_is_doubted():
    ties = follows(
        (DANIEL, "father", LEILA, MAY), (DANIEL, "step father", LEILA, JUNE),
        (DANIEL, "father", NOAH, MAY), (IVY, "mother", NOAH, MAY),
    )  # fmt: skip
    sure, doubted = sorted(ties, key=lambda tie: len(tie.doubts))
    assert (sure.words, sure.doubts) == ("has a child with", ())
    assert (doubted.words, doubted.doubts) == (
        "sibling or half-sibling of", (("about what this rests on",),)
    )  # fmt: skip


def test_nothing_follows_from_being_a_couple_a_step_parent_or_in_one_incident():
    assert follows(
        (MARIA, "mother", LEILA, MAY), (MARIA, "partner", DANIEL, MAY),
        (DANIEL, "step father", LEILA, MAY), (IVY, "aunt", LEILA, MAY),
    ) == []  # fmt: skip


def test_parents_of_each_other_make_no_grandparents_of_themselves():
    assert follows((MARIA, "parent", LEILA, MAY), (LEILA, "parent", MARIA, MAY)) == []


def incident(number, on, perpetrators, victims):
    return Together(number, on, f"N{number}", frozenset(perpetrators), frozenset(victims))


def test_a_perpetrator_is_tied_to_each_victim_by_the_number_of_incidents():
    ties = abuse([
        incident(1, MAY, {DANIEL}, {IVY}), incident(2, JULY, {DANIEL}, {MARIA}),
        incident(3, JUNE, {DANIEL}, {MARIA}), incident(3, JUNE, {DANIEL}, {MARIA}),
    ])  # fmt: skip
    assert [(t.a, t.b, t.words) for t in ties] == [
        (DANIEL, MARIA, "perpetrator, 2 incidents, towards"),
        (DANIEL, IVY, "perpetrator, one incident, towards"),
    ]
    assert (ties[0].since, ties[0].last, ties[0].sources) == (JUNE, JULY, ("N3", "N2"))
    assert ties[0].because == (DANIEL, " is named as perpetrator and ", MARIA,
                               " as victim in 2 incidents")  # fmt: skip


def test_where_each_says_the_other_is_abusive_nobody_is_the_perpetrator():
    assert abuse([incident(1, MAY, {DANIEL, MARIA}, {DANIEL, MARIA})]) == []
