"""Who is meant, among the people who might be."""

from datetime import date

from sightline.rules.linkage.decide import Band
from sightline.rules.linkage.resolve import NOBODY, Candidate, resolve
from sightline.rules.linkage.vetoes import Veto
from tests.rules.linkage.people import bare, jayden


def test_the_same_child_is_joined_with_reasons():
    verdict = resolve(jayden(), [Candidate(7, (jayden(phone=""),))])
    assert (verdict.band, verdict.person_id, verdict.vetoes) == (Band.JOIN, 7, ())
    assert "same birth date" in {reason.words for reason in verdict.reasons}


def test_with_nobody_to_compare_it_is_somebody_new():
    assert resolve(jayden(), []) == NOBODY


def test_a_person_weighs_as_much_as_their_best_mention():
    scant, full = bare(surname="Pemberton", postcode="DY1 1HF"), jayden()
    verdict = resolve(jayden(), [Candidate(7, (scant, full))])
    assert verdict.weight == resolve(jayden(), [Candidate(7, (full,))]).weight
    assert verdict.band is Band.JOIN


def test_a_contradiction_with_any_mention_sends_the_person_to_review():
    born_otherwise = jayden(dob=date(2011, 11, 2))
    verdict = resolve(jayden(), [Candidate(7, (jayden(), born_otherwise))])
    assert (verdict.band, verdict.vetoes) == (Band.REVIEW, (Veto.BIRTH_CONFLICT,))


def test_a_scant_mention_does_not_stand_in_the_way_of_a_full_one():
    verdict = resolve(jayden(), [Candidate(7, (jayden(given=""), jayden(given="J"), jayden()))])
    assert (verdict.band, verdict.vetoes) == (Band.JOIN, ())


def test_whom_a_human_has_ruled_out_is_never_proposed_again():
    assert resolve(jayden(), [Candidate(7, (jayden(),), not_same=True)]) == NOBODY


def test_nobody_is_two_people_in_one_notification():
    assert resolve(jayden(), [Candidate(7, (jayden(),), in_same_source=True)]) == NOBODY


def test_two_people_who_could_both_be_joined_are_left_to_a_human():
    verdict = resolve(jayden(), [Candidate(8, (jayden(),)), Candidate(7, (jayden(phone=""),))])
    assert (verdict.band, verdict.person_id) == (Band.REVIEW, 8)
    assert [match.person_id for match in verdict.alternatives] == [7]


def test_a_sure_match_comes_before_a_heavier_one_in_doubt():
    doubtful = Candidate(1, (jayden(nhs_number="9990000018", middle="Kofi"),))
    sure = Candidate(2, (jayden(middle="Kofi"),))
    mention = jayden(nhs_number="9990000026", middle="Kofi")
    verdict = resolve(mention, [doubtful, sure])
    assert (verdict.band, verdict.person_id) == (Band.JOIN, 2)
    assert [match.vetoes for match in verdict.alternatives] == [(Veto.IDENTIFIER_CONFLICT,)]


def test_what_goes_to_review_names_the_strongest_and_the_others():
    known = [Candidate("a", (jayden(given="Kayden"),)), Candidate("b", (jayden(given=""),))]
    verdict = resolve(jayden(), known)
    assert (verdict.band, verdict.person_id) == (Band.REVIEW, "b")
    assert [match.person_id for match in verdict.alternatives] == ["a"]


def test_a_person_without_mentions_cannot_be_meant():
    assert resolve(jayden(), [Candidate(7, ())]) == NOBODY
