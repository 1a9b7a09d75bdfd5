"""Who is meant, among the people who might be."""

from datetime import date

import pytest

from sightline.rules.linkage.decide import Band
from sightline.rules.linkage.verdicts import Verdict
from sightline.rules.linkage.vetoes import Veto
from tests.rules.linkage.people import bare, jayden, known, resolved, verdict

NEW = Verdict(Band.NEW)


def test_the_same_child_is_joined_with_reasons():
    found = verdict(jayden(), known(7, jayden(phone="")))
    assert (found.band, found.match.person_id, found.match.vetoes) == (Band.JOIN, 7, ())
    assert "same birth date" in {reason.words for reason in found.match.reasons}
    assert found.question is None


def test_with_nobody_to_compare_it_is_somebody_new():
    assert verdict(jayden()) == NEW


def test_a_person_weighs_as_much_as_their_best_mention():
    scant, full = bare(surname="Pemberton", postcode="DY1 1HF"), jayden()
    found = verdict(jayden(), known(7, scant, full))
    assert found.match == verdict(jayden(), known(7, full)).match
    assert found.band is Band.JOIN


def test_a_contradiction_with_any_mention_sends_the_person_to_review():
    otherwise = jayden(dob=date(2011, 11, 2), house="3", postcode="LE2 1AA")
    found = verdict(jayden(phone=""), known(7, jayden(), otherwise))
    assert (found.band, found.match.person_id) == (Band.REVIEW, 7)


def test_a_scant_mention_does_not_stand_in_the_way_of_a_full_one():
    found = verdict(jayden(), known(7, jayden(given=""), jayden(given="J"), jayden()))
    assert (found.band, found.match.vetoes) == (Band.JOIN, ())


def test_whom_a_human_has_ruled_out_is_never_proposed_again():
    assert verdict(jayden(), known(7, jayden(), apart=frozenset({0}))) == NEW


def test_a_human_rules_out_one_mention_and_not_those_beside_it():
    ruled_out = known(7, jayden(), apart=frozenset({0}))
    found = resolved(jayden(given="Kayden"), jayden(), among=(ruled_out,)).verdicts
    assert found[0] == NEW
    assert (found[1].band, found[1].match.person_id) == (Band.JOIN, 7)


def test_nobody_is_two_people_in_one_notification():
    assert verdict(jayden(), known(7, jayden(), sources=(0,))) == NEW


def test_two_mentions_of_one_source_never_become_one_person():
    """The better one is joined; the other is not even a question, for it is somebody else."""
    cousin = jayden(phone="", dob=None)
    found = resolved(cousin, jayden(), among=(known(7, jayden()),)).verdicts
    assert [each.band for each in found] == [Band.NEW, Band.JOIN]


def test_two_held_who_both_fit_turn_out_to_be_one_and_the_older_stays():
    """Until now a human was asked. Nothing speaks against their being one, so they are."""
    held = known(8, jayden(), sources=(2,)), known(7, jayden(phone=""), sources=(1,))
    found = resolved(jayden(), among=held)
    assert found.verdicts[0].band is Band.JOIN
    assert found.verdicts[0].match.person_id == 7
    assert [(stays, goes) for stays, goes, _ in found.merged] == [(7, 8)]


def test_two_held_who_were_named_in_one_source_stay_two():
    cousin = jayden(phone="", dob=None)
    held = known(8, jayden(), sources=(1,)), known(7, cousin, sources=(1,))
    found = resolved(jayden(), among=held)
    assert found.merged == ()
    assert (found.verdicts[0].band, found.verdicts[0].match.person_id) == (Band.JOIN, 8)
    assert found.verdicts[0].question is None, "nobody is asked whether two of one source are one"


def test_of_two_named_alike_and_born_on_one_day_in_one_source_a_human_says_which_is_meant():
    """Twins under one name, or one child entered twice: until today the first was taken."""
    held = known(8, jayden(), sources=(1,)), known(7, jayden(phone=""), sources=(1,))
    found = resolved(jayden(), among=held).verdicts[0]
    assert (found.band, found.match.vetoes) == (Band.REVIEW, (Veto.WHICH_TWIN,))


@pytest.mark.parametrize("said_of", [7, 8])
def test_two_held_whom_a_human_has_kept_apart_stay_two_though_a_new_one_fits_both(said_of):
    def held(person, source, **written):
        said = frozenset({7, 8} - {person}) if person == said_of else frozenset()
        return known(person, jayden(**written), sources=(source,), not_same=said)

    found = resolved(jayden(), among=(held(8, 1), held(7, 2, phone="")))
    assert found.merged == ()
    assert (found.verdicts[0].match.person_id, found.verdicts[0].question) == (8, None)


def test_two_held_who_contradict_each_other_stay_two():
    one = known(1, jayden(nhs_number="9990000018"), sources=(1,))
    other = known(2, jayden(nhs_number="9990000026"), sources=(2,))
    found = resolved(jayden(), among=(one, other))
    assert found.merged == ()
    assert found.verdicts[0].band is Band.JOIN


def test_a_sure_match_comes_before_a_heavier_one_in_doubt():
    doubtful = known(1, jayden(nhs_number="9990000018", middle="Kofi", upn="K332123420001"))
    sure = known(2, jayden(middle="Kofi"), sources=(2,))
    mention = jayden(nhs_number="9990000026", middle="Kofi", upn="K332123420001")
    found = verdict(mention, doubtful, sure)
    assert (found.band, found.match.person_id) == (Band.JOIN, 2)
    assert found.question.weight > found.match.weight
    assert found.question.vetoes == (Veto.IDENTIFIER_CONFLICT,)


def test_what_goes_to_review_names_the_likeliest():
    people = known(1, jayden(given="Kayden")), known(2, jayden(given=""), sources=(2,))
    found = verdict(jayden(), *people)
    assert (found.band, found.match.person_id) == (Band.REVIEW, 2)


def test_an_identifier_that_nothing_backs_is_asked_however_little_it_weighs():
    stranger = bare(
        given="Fatima", surname="Okafor", dob=date(1980, 3, 9), sex="F",
        postcode="B1 1AA", phone="07700 900999", nhs_number="9990000018",
    )  # fmt: skip
    found = verdict(jayden(nhs_number="9990000018"), known(7, stranger))
    assert (found.band, found.match.person_id) == (Band.REVIEW, 7)
    assert Veto.IDENTIFIER_UNBACKED in found.match.vetoes


def test_a_person_without_mentions_cannot_be_meant():
    assert verdict(jayden(), known(7)) == NEW


def test_the_mentions_of_one_source_are_given_back_in_their_order():
    family = jayden(), jayden(given="Kayden"), bare(given="Fatima", surname="Okafor")
    held = known(1, jayden()), known(2, jayden(given="Kayden"), sources=(2,))
    found = resolved(*family, among=held).verdicts
    assert [each.match and each.match.person_id for each in found] == [1, 2, None]
