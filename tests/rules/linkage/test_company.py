"""Families come together: who is beside somebody says who a bare name is, or does not."""

from dataclasses import replace
from datetime import date

import pytest

from sightline.rules.linkage.compare import compare
from sightline.rules.linkage.decide import Band
from sightline.rules.linkage.resolve import resolve
from sightline.rules.linkage.vetoes import Veto
from sightline.rules.linkage.words import TOGETHER
from tests.rules.linkage.people import MODEL, bare, jayden, known, pair

BORN = date(1988, 3, 9)
MOTHER = {"given": "Fatima", "surname": "Okafor", "sex": "F", "role": "victim"}
AT_HOME = {"house": "12", "postcode": "DY1 1HF"}
ELSEWHERE = {"house": "3", "postcode": "LE2 1AA"}


def mother(**written):
    return bare(**{**MOTHER, **written})


def family(*, hers, source=1, child=jayden):
    """A mother and her child, held from one source."""
    return known(1, hers, sources=(source,)), known(2, child(), sources=(source,))


def met_with(people):
    """Everybody of these who has a source with one of some persons."""

    def company(persons):
        of = {source for p in people if p.person_id in persons for source in p.sources}
        return [p for p in people if p.person_id not in persons and not of.isdisjoint(p.sources)]

    return company


def verdict_of_mother(new, people, *, beside=jayden, **more):
    """What is done with her when she is named with somebody; only he is found by a key."""
    child = [p for p in people if p.person_id == 2]
    found = resolve((new, beside()), {0: (), 1: child}, MODEL, met_with(people), **more)
    return found.verdicts[0]


def test_a_mother_without_a_birth_date_elsewhere_is_known_by_the_child_beside_her():
    people = family(hers=mother(dob=BORN, **AT_HOME))
    found = verdict_of_mother(mother(**ELSEWHERE), people)
    assert (found.band, found.match.person_id) == (Band.JOIN, 1)
    assert found.match.reasons[-1].words == TOGETHER
    assert found.match.weight == pytest.approx(sum(r.weight for r in found.match.reasons), abs=1e-5)


def test_without_the_child_she_is_not():
    people = family(hers=mother(dob=BORN, **AT_HOME))
    alone = resolve((mother(**ELSEWHERE),), {0: people[:1]}, MODEL, met_with(people))
    assert alone.verdicts[0].band is not Band.JOIN
    stranger = verdict_of_mother(
        mother(**ELSEWHERE), people, beside=lambda: bare(given="Oscar", surname="Lee")
    )
    assert stranger.band is Band.NEW, "nobody known is beside her, so that she is not even asked"


@pytest.mark.parametrize(
    "now",
    [
        {"surname": "Khan", "dob": BORN},  # married, and moved
        {"dob": date(1988, 7, 21)},  # misheard
    ],
)
def test_company_answers_a_married_name_and_a_misheard_birth_date(now):
    people = family(hers=mother(dob=BORN, **AT_HOME))
    found = verdict_of_mother(mother(**{**ELSEWHERE, **now}), people)
    assert (found.band, found.match.person_id) == (Band.JOIN, 1)


@pytest.mark.parametrize(
    "other",
    [
        {"given": "Ngozi", "dob": BORN},  # her sister, or a twin
        {"dob": date(1961, 3, 20)},  # her mother, of the same name
        {"role": "child"},  # her daughter, of the same name, no birth date
        {"dob": BORN, "nhs_number": "9990000026"},
        {"given": "F"},
    ],
)
def test_company_never_answers_who_somebody_else_in_the_family_is(other):
    people = family(hers=mother(dob=BORN, nhs_number="9990000018", **AT_HOME))
    if other.get("role") == "child":
        people = family(hers=mother(nhs_number="9990000018", **AT_HOME))
    assert verdict_of_mother(mother(**{**ELSEWHERE, **other}), people).band is not Band.JOIN


def test_company_never_makes_two_of_one_source_one_person():
    people = family(hers=mother(dob=BORN, **AT_HOME))
    again = tuple(replace(p, sources=(9,)) for p in people[:1]) + people[1:]
    found = verdict_of_mother(mother(**ELSEWHERE), again, source=9)
    assert (found.band, found.match, found.question) == (Band.NEW, None, None)


def test_company_never_crosses_what_a_human_has_said():
    people = family(hers=mother(dob=BORN, **AT_HOME))
    apart = (replace(people[0], apart=frozenset({0})), people[1])
    found = verdict_of_mother(mother(**ELSEWHERE), apart)
    assert (found.band, found.match, found.question) == (Band.NEW, None, None)


def test_nor_does_it_through_a_third_record():
    """She fits two held persons; a human has ruled out the one, and a source held both apart."""
    people = (
        known(1, mother(dob=BORN, **AT_HOME), sources=(1,)),
        known(2, jayden(), jayden(), sources=(1, 3)),
        known(3, mother(dob=BORN, **ELSEWHERE), sources=(3,), apart=frozenset({0})),
    )
    new = mother(dob=BORN, **AT_HOME)
    found = resolve((new, jayden()), {0: people[:1], 1: people[1:2]}, MODEL, met_with(people))
    assert (found.verdicts[0].band, found.verdicts[0].match.person_id) == (Band.JOIN, 1)
    assert 3 not in {goes for _, goes, _ in found.merged}


def test_company_joins_two_held_persons_when_the_new_mention_shows_they_are_one():
    """She was named alone by two names; now both of her children are beside her."""
    people = (
        known(1, mother(dob=BORN, **AT_HOME), sources=(1,)),
        known(2, jayden(), jayden(), sources=(1, 3)),
        known(3, mother(**ELSEWHERE), sources=(3,)),
    )
    new = mother(dob=BORN, **ELSEWHERE)
    found = resolve(
        (new, jayden()), {0: (people[0], people[2]), 1: people[1:2]}, MODEL, met_with(people)
    )
    assert found.verdicts[0].match.person_id == 1
    assert [(stays, goes) for stays, goes, _ in found.merged] == [(1, 3)]


def test_company_answers_a_forename_with_nothing_else():
    people = family(hers=mother(dob=BORN, **AT_HOME))
    new = mother(surname="", house="14", postcode="DY1 1HF")
    assert Veto.TOO_LITTLE in compare(new, people[0].mentions[0], MODEL).vetoes
    assert verdict_of_mother(new, people).band is Band.JOIN


SAMIR = {"given": "Samir", "surname": "Hanan", "role": "perpetrator", "dob": BORN, "sex": "M"}
TURNED = {"given": "Hanan", "surname": "Farah"}  # of Samir Hanan Farah, as another officer heard it


def grown(**changed):
    """A man whose second name stands for a forename, in the house where he was met before."""
    return bare(**{**SAMIR, **AT_HOME, **changed})


def beside_his_child(new):
    """What is done with somebody like Samir, whose child is named with him as before."""
    people = family(hers=grown())
    found = resolve((new, jayden()), {0: people[:1], 1: people[1:]}, MODEL, met_with(people))
    return found.verdicts[0].band


def test_company_answers_a_grown_mans_name_that_stands_in_another_place():
    assert beside_his_child(grown(**TURNED)) is Band.JOIN
    band, compared = pair(grown(), grown(**TURNED))
    assert (band, compared.vetoes) == (Band.REVIEW, (Veto.NAME_UNCLEAR,))


@pytest.mark.parametrize(
    "other", [{"sex": "F"}, {"dob": date(1990, 3, 9)}, {"given": "Omar"}, {"role": "child"}]
)
def test_but_not_where_it_may_be_somebody_else_of_the_house(other):
    assert beside_his_child(grown(**{**TURNED, **other})) is not Band.JOIN


KHAN = {"surname": "Khan", "sex": "M", "dob": date(2015, 5, 17), "role": "child", **AT_HOME}


def boy(given, **changed):
    return bare(given=given, **{**KHAN, **changed})


def verdict_of_boy(new, *held):
    """What is done with a boy who is named with his mother; she was met with all of these."""
    hers = known(9, *[mother(dob=BORN)] * 3, sources=(1, 2, 3))
    people = (*held, hers)
    found = resolve((new, mother(dob=BORN)), {0: held, 1: (hers,)}, MODEL, met_with(people))
    return found.verdicts[0].band


@pytest.mark.parametrize("given", ["Muhammad", "Mohammed Zaid", "Mohamd"])
def test_his_mother_says_who_a_lone_mohammed_is(given):
    held = known(1, boy("Mohammed"), sources=(1,))
    assert verdict_of_boy(boy(given), held) is Band.JOIN


@pytest.mark.parametrize(("given", "before"), [("Muhammad", "Zaid"), ("Mohammed Zaid", "Mohammed")])
def test_not_where_another_child_of_that_birth_date_was_met(given, before):
    """Named in another source, so that nothing else shows that there are two."""
    held = known(1, boy(before), sources=(1,))
    twin = known(2, boy("Ismail"), sources=(2,))
    assert verdict_of_boy(boy(given), held) is Band.JOIN
    assert verdict_of_boy(boy(given), held, twin) is Band.REVIEW


def test_but_one_of_whom_no_more_is_written_either_is_the_same_boy_once_more():
    held = known(1, boy("Mohammed"), sources=(1,))
    again = known(2, boy("Mohd"), sources=(2,))
    assert verdict_of_boy(boy("Muhammad"), held, again) is Band.JOIN
    twin = known(3, boy("Ismail", sex="F"), sources=(3,))
    assert verdict_of_boy(boy("Muhammad"), held, again, twin) is Band.REVIEW


def test_nor_where_each_was_written_down_so_more_than_once():
    """What two officers wrote is no slip: these may be two."""
    zaid = known(1, boy("Mohammed Zaid"), boy("Zaid"), sources=(1, 2))
    lone = known(2, boy("Mohammed", nhs_number="9990000018"), sources=(3,))
    again = boy("Mohammed", nhs_number="9990000018")
    assert verdict_of_boy(again, lone) is Band.JOIN
    hers = known(9, *[mother(dob=BORN)] * 3, sources=(1, 2, 3))
    found = resolve((again, mother(dob=BORN)), {0: (zaid, lone), 1: (hers,)}, MODEL,
                    met_with((zaid, lone, hers)))  # fmt: skip
    assert found.verdicts[0].match.person_id == 2
    assert found.merged == ()
    assert found.verdicts[0].question.person_id == 1
