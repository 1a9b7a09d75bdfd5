"""What holds for every source and every world it comes into. Worlds are made from a seed."""

from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.rules.linkage.decide import Band
from sightline.rules.linkage.resolve import resolve
from sightline.rules.linkage.verdicts import Resolution
from tests.rules.linkage.people import MODEL
from tests.rules.linkage.written import a_source, met_with, some_known

seeds = st.integers(0, 2**32)
worlds = settings(max_examples=250, deadline=None)


def _world(rng):
    mentions = a_source(rng)
    return mentions, some_known(rng, len(mentions))


def _resolve(mentions, people, candidates=None):
    among = candidates or dict.fromkeys(range(len(mentions)), people)
    return resolve(mentions, among, MODEL, met_with(people))


def _told(found: Resolution, places):
    """What was decided, by the place that each mention had at first."""
    return {at: found.verdicts[n] for n, at in enumerate(places)}, sorted(
        (stays, goes) for stays, goes, _ in found.merged
    )


@worlds
@given(seeds)
def test_the_order_of_mentions_and_of_records_does_not_matter(seed):
    rng = Random(seed)
    mentions, people = _world(rng)
    order = rng.sample(range(len(mentions)), len(mentions))
    moved = []
    for known in people:
        at = rng.sample(range(len(known.mentions)), len(known.mentions))
        moved.append(
            replace(
                known,
                mentions=tuple(known.mentions[n] for n in at),
                sources=tuple(known.sources[n] for n in at),
                apart=frozenset(order.index(n) for n in known.apart),
            )
        )
    rng.shuffle(moved)
    again = _resolve([mentions[n] for n in order], moved)
    assert _told(_resolve(mentions, people), range(len(mentions))) == _told(again, order)


def _asked(verdict):
    """The known person about whom a human is asked, or None."""
    match = verdict.question or (verdict.match if verdict.band is Band.REVIEW else None)
    return match and match.person_id


def _persons(found, mentions, people):
    """The mentions of every person as they are now: (source, person held or new place)."""
    merged = {goes: stays for stays, goes, _ in found.merged}

    def now(person):
        while person in merged:
            person = merged[person]
        return person

    of = {known.person_id: now(known.person_id) for known in people}
    new = {
        n: now(v.match.person_id) if v.band is Band.JOIN else ("new", n)
        for n, v in enumerate(found.verdicts)
    }
    return of, new


@worlds
@given(seeds)
def test_what_a_human_has_kept_apart_stays_so_through_any_record(seed):
    rng = Random(seed)
    mentions, people = _world(rng)
    found = _resolve(mentions, people)
    of, new = _persons(found, mentions, people)
    for known in people:
        assert not [n for n in known.apart if new[n] == of[known.person_id]]
        assert not [p for p in known.not_same if of[p] == of[known.person_id]]
        assert not [n for n in known.apart if _asked(found.verdicts[n]) == known.person_id]


@worlds
@given(seeds)
def test_nobody_is_two_people_in_one_source_nor_is_that_ever_asked(seed):
    rng = Random(seed)
    mentions, people = _world(rng)
    people = [replace(p, sources=tuple(rng.sample(range(5), len(p.sources)))) for p in people]
    found = _resolve(mentions, people)
    of, new = _persons(found, mentions, people)
    sources = {}
    for known in people:
        sources.setdefault(of[known.person_id], []).extend(known.sources)
    for person in new.values():
        sources.setdefault(person, []).append(0)
    assert all(len(set(seen)) == len(seen) for seen in sources.values())
    for verdict in found.verdicts:
        asked = _asked(verdict)
        assert asked is None or 0 not in sources[of[asked]]


@worlds
@given(seeds)
def test_a_join_has_reasons_that_add_up_and_a_new_one_has_no_match(seed):
    rng = Random(seed)
    mentions, people = _world(rng)
    for verdict in _resolve(mentions, people).verdicts:
        if verdict.band is Band.NEW:
            assert verdict.match is None
            continue
        total = sum(reason.weight for reason in verdict.match.reasons)
        assert abs(verdict.match.weight - total) < 1e-4
        if verdict.band is Band.JOIN and not any(
            r.part == "company" for r in verdict.match.reasons
        ):
            assert verdict.match.weight >= MODEL.bands.review_at
