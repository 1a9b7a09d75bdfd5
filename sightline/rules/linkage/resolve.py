"""Who are they? The mentions of one source against the people who might be meant.

They are looked at together, because families come together: first what is certain of each alone,
then what their company makes certain, then what is left to ask. It is the very computation that
`sightline.linkage.linking` makes for a whole table.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from sightline.rules.linkage.clusters import Clusters, Pair
from sightline.rules.linkage.compare import Comparison, Reason, compare, reasons
from sightline.rules.linkage.decide import Band, decide
from sightline.rules.linkage.describe import Described
from sightline.rules.linkage.model import Model
from sightline.rules.linkage.twins import are_twins, fits_either
from sightline.rules.linkage.verdicts import (
    Company,
    Known,
    Match,
    PersonId,
    Resolution,
    SourceId,
    Verdict,
)
from sightline.rules.linkage.vetoes import (
    BARS,
    COMPANY_ANSWERS,
    ONE_BIRTH,
    OTHER_NAME,
    Found,
    Veto,
    barred,
    company_speaks,
)
from sightline.rules.linkage.words import TOGETHER


def nobody_else(_: frozenset[PersonId]) -> Sequence[Known]:
    """A company that is not known."""
    return ()


def resolve(
    mentions: Sequence[Described],
    candidates: Mapping[int, Sequence[Known]],
    model: Model,
    company: Company = nobody_else,
    source: SourceId = 0,
) -> Resolution:
    """Decide who the mentions of one source are; the order of anything does not matter.

    `source`: the source of the mentions; those of the known have other numbers, or are people of
    the same source who are known already. `candidates`: for the place of each mention, the known
    persons who share a key with it. `company` returns those who were met with some known persons.
    """
    world = _World(mentions, model, source)
    for place, people in candidates.items():
        for known in people:
            world.suggest(place, known)
    world.meet_twins(company)
    world.join_alone()
    for known in company(world.joined()):
        world.suggest_by_company(known)
    world.join_in_company()
    return world.resolution()


@dataclass
class _World:
    """The new mentions, numbered from 0, and after them the mentions of the known."""

    mentions: Sequence[Described]
    model: Model
    source: SourceId
    people: dict[PersonId, list[int]] = field(default_factory=dict)
    not_same: dict[PersonId, frozenset[PersonId]] = field(default_factory=dict)
    described: list[Described] = field(default_factory=list)
    sources: list[SourceId] = field(default_factory=list)
    named_in: dict[SourceId, list[int]] = field(default_factory=dict)
    person_of: dict[int, PersonId] = field(default_factory=dict)
    apart: dict[int, set[int]] = field(default_factory=dict)
    compared: dict[tuple[int, int], Comparison] = field(default_factory=dict)
    suggested: dict[tuple[int, int], Comparison] = field(default_factory=dict)
    twins: dict[int, list[int]] = field(default_factory=dict)
    forbids: dict[tuple[int, int], tuple[Veto, ...]] = field(default_factory=dict)
    company: dict[int, set[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.described = list(self.mentions)
        self.sources = [self.source] * len(self.mentions)
        self.named_in[self.source] = list(range(len(self.mentions)))

    def suggest(self, place: int, known: Known) -> None:
        """Compare a new mention with the mentions of a known person that share a key with it."""
        numbers = self._numbers(known)
        for at in known.sharing.get(place, range(len(numbers))):
            self.suggested[place, numbers[at]] = self._compare(place, numbers[at])

    def suggest_by_company(self, known: Known) -> None:
        """Compare whoever was met in the same company and has a forename that sounds so."""
        numbers = self._numbers(known)
        for place, mention in enumerate(self.mentions):
            for number, other in zip(numbers, known.mentions, strict=True):
                if _may_be_one_name(mention, other):
                    self.suggested[place, number] = self._compare(place, number)

    def _numbers(self, known: Known) -> list[int]:
        if known.person_id not in self.people:
            begin, self.twins, self.forbids = len(self.described), {}, {}
            numbers = list(range(begin, begin + len(known.mentions)))
            self.people[known.person_id] = numbers
            self.described += known.mentions
            self.sources += known.sources
            for number, source in zip(numbers, known.sources, strict=True):
                self.named_in.setdefault(source, []).append(number)
            self.person_of |= dict.fromkeys(numbers, known.person_id)
            self._keep_apart(known)
        return self.people[known.person_id]

    def _keep_apart(self, known: Known) -> None:
        """A human's word binds whichever of the two it was said of."""
        person = known.person_id
        self.not_same[person] = known.not_same
        said = [p for p in self.people if p in known.not_same or person in self.not_same[p]]
        others = [number for p in said for number in self.people[p]]
        for a, b in product(self.people[person], (*known.apart, *others)):
            self.apart.setdefault(a, set()).add(b)
            self.apart.setdefault(b, set()).add(a)

    def _compare(self, a: int, b: int) -> Comparison:
        key = (min(a, b), max(a, b))
        if key not in self.compared:
            self.compared[key] = compare(self.described[a], self.described[b], self.model)
        return self.compared[key]

    def meet_twins(self, company: Company) -> None:
        """Before anybody is joined whom no forename tells from a twin, learn whether there is one.

        A twin who was named in one source with somebody suggested shares no key with a new mention
        that lacks the surname.
        """
        persons = {self.person_of[b] for (_, b), c in self.suggested.items() if _in_doubt(c.found)}
        for known in company(frozenset(persons)) if persons else ():
            self._numbers(known)

    def _twins(self, number: int) -> list[int]:
        """Whoever of those looked at is a twin of this one."""
        if number not in self.twins:
            named = self.named_in[self.sources[number]]
            self.twins[number] = [o for o in named if o != number and self._are_twins(number, o)]
        return self.twins[number]

    def _are_twins(self, a: int, b: int) -> bool:
        one, other = self.described[a], self.described[b]
        if one.dob is None or one.dob != other.dob:  # as mostly: the rest need not be compared
            return False
        return are_twins(one, other, self._compare(a, b).found)

    def _vetoes(self, a: int, b: int) -> tuple[Veto, ...]:
        """What forbids to join two, with what is known of twins."""
        if (a, b) not in self.forbids:
            self.forbids[a, b] = self._forbidding(a, b)
        return self.forbids[a, b]

    def _forbidding(self, a: int, b: int) -> tuple[Veto, ...]:
        compared = self._compare(a, b)
        if compared.found.birth not in ONE_BIRTH:
            return compared.vetoes
        rivals = [(a, twin) for twin in self._twins(b)] + [(b, twin) for twin in self._twins(a)]
        either = any(
            self.sources[mention] != self.sources[twin]
            and fits_either(compared.found, self._compare(mention, twin).found)
            for mention, twin in rivals
        )
        return (*compared.vetoes, Veto.WHICH_TWIN) if either else compared.vetoes

    def join_alone(self) -> None:
        self.alone = self._clusters()
        pairs = [
            self._pair(*pair, compared.weight)
            for pair, compared in self.suggested.items()
            if self._is_certain(pair)
        ]
        self.alone.grow(pairs, self._contradict(BARS))

    def _is_certain(self, pair: tuple[int, int]) -> bool:
        enough = self.suggested[pair].weight >= self.model.bands.join_at
        return enough and not self._vetoes(*pair)

    def joined(self) -> frozenset[PersonId]:
        """The known persons who are among the new mentions, as far as decided."""
        found = {self.alone.of(place) for place in range(len(self.mentions))}
        return frozenset(self.person_of[n] for n in self.person_of if self.alone.of(n) in found)

    def join_in_company(self) -> None:
        self.final = self._clusters()
        for cluster in {self.alone.of(n) for n in range(self.alone.size)}:
            self.final.put_together(self.alone.members(cluster))
        self.met = {pair for pair in self.suggested if self._are_met_together(*pair)}
        self.rivalled = {pair for pair in self.met if self._has_a_rival(*pair)}
        pairs = [
            self._pair(*pair, compared.weight)
            for pair, compared in self.suggested.items()
            if self._is_certain_in_company(pair)
        ]
        self.final.grow(pairs, self._contradict(BARS - COMPANY_ANSWERS))

    def _is_certain_in_company(self, pair: tuple[int, int]) -> bool:
        bands = self.model.bands
        enough = self.suggested[pair].weight + bands.together >= bands.join_at
        answered = enough and COMPANY_ANSWERS.issuperset(self._vetoes(*pair))
        return answered and pair in self.met and pair not in self.rivalled

    def _has_a_rival(self, a: int, b: int) -> bool:
        """Of a shared name: each was written so more than once, or a third is of that date.

        What two officers wrote is no slip; and a third child who was met with either may be the
        twin of the other. Beside a lone Mohammed so may one who was met with their company. A
        third of whom no more is written either is no rival, but the same child once more.
        """
        if Veto.NAME_SHARED not in self._vetoes(a, b):
            return False
        both = {self.final.of(a), self.final.of(b)}
        if all(len(self.final.members(cluster)) > 1 for cluster in both):
            return True
        met = both
        if self._compare(a, b).found.of_brothers:
            met = both | set.intersection(*map(self._company_of, both))
        sources = {source for cluster in met for source in self.final.sources(cluster)}
        thirds = {
            self.final.of(n)
            for source in sources
            for n in self.named_in[source]
            if self.described[n].dob == self.described[a].dob
        }
        return any(
            not all(self._bear_one_name(third, cluster) for cluster in both)
            for third in thirds - both
        )

    def _bear_one_name(self, one: int, other: int) -> bool:
        """Of two clusters nothing is written that tells them apart, nor enough that joins them."""
        pairs = product(self.final.members(one), self.final.members(other))
        return all(self._vetoes(*sorted(pair)) == (Veto.NAME_SHARED,) for pair in pairs)

    def _are_met_together(self, a: int, b: int) -> bool:
        """A third was mentioned in one source with the one and in another with the other."""
        mine, theirs = self.final.of(a), self.final.of(b)
        both = self._company_of(mine) & self._company_of(theirs)
        return not both <= {mine, theirs}

    def _company_of(self, cluster: int) -> set[int]:
        """The clusters named in the sources of this one before anybody joined in company."""
        if cluster not in self.company:
            sources = self.final.sources(cluster)
            together = (n for source in sources for n in self.named_in[source])
            self.company[cluster] = set(map(self.final.of, together))
        return self.company[cluster]

    def _clusters(self) -> Clusters:
        clusters = Clusters(self.sources, self.apart)
        for numbers in self.people.values():
            clusters.put_together(numbers)
        return clusters

    def _contradict(self, bars: frozenset[Veto]) -> Callable[[int, int], bool]:
        def contradict(a: int, b: int) -> bool:
            return barred(self._vetoes(a, b), self._compare(a, b).found, bars)

        return contradict

    def _pair(self, a: int, b: int, weight: float) -> Pair:
        return Pair(a, b, weight, (*sorted((self._settles(a), self._settles(b))),))

    def _settles(self, number: int) -> tuple[str | PersonId, ...]:
        """What settles ties: what was written, and of two written alike who they are held to be."""
        return (*_written(self.described[number]), self.person_of.get(number, 0))

    def resolution(self) -> Resolution:
        verdicts = tuple(self._verdict(place) for place in range(len(self.mentions)))
        merged = self._merged()
        return Resolution(verdicts, merged, bool(merged) or self._is_unsettled())

    def _is_unsettled(self) -> bool:
        """Somebody certain was kept out by others, or who was joined before proves to be a twin."""
        kept_out = any(
            self.final.of(pair[0]) != self.final.of(pair[1])
            and (self._is_certain(pair) or self._is_certain_in_company(pair))
            for pair in self.suggested
        )
        new = range(len(self.mentions))
        return kept_out or any(
            other in new
            for place in new
            if self._stays(self.final.of(place)) is not None
            for other in self._twins(place)
        )

    def _verdict(self, place: int) -> Verdict:
        here = self.final.of(place)
        mine = [pair for pair in self.suggested if pair[0] == place]
        joined = self._best([pair for pair in mine if self.final.of(pair[1]) == here])
        question = self._best([pair for pair in mine if self._is_asked(pair)])
        if self._stays(here) is not None:
            return Verdict(Band.JOIN, self._as_kept(joined, here), question)
        return Verdict(Band.REVIEW, question) if question else Verdict(Band.NEW)

    def _is_asked(self, pair: tuple[int, int]) -> bool:
        here, there = self.final.of(pair[0]), self.final.of(pair[1])
        if here == there or self.final.are_two_people(here, there):
            return False
        alone = self.suggested[pair]
        compared = Comparison(alone.weight, alone.found, self._vetoes(*pair))
        band = decide(compared, self.model.bands, together=self._company_speaks(pair))
        return band is not Band.NEW

    def _best(self, pairs: Sequence[tuple[int, int]]) -> Match | None:
        """The strongest of some pairs, with its reasons."""
        if not pairs:
            return None
        a, b = min(pairs, key=lambda pair: (-self._weight(pair), self._settles(pair[1])))
        said = reasons(self.described[a], self.described[b], self.model)
        if self._company_speaks((a, b)):
            said += (Reason(TOGETHER, self.model.bands.together, "company"),)
        return Match(self.person_of[b], self._weight((a, b)), said, self._vetoes(a, b))

    def _weight(self, pair: tuple[int, int]) -> float:
        extra = self.model.bands.together if self._company_speaks(pair) else 0.0
        return self.suggested[pair].weight + extra

    def _company_speaks(self, pair: tuple[int, int]) -> bool:
        return pair in self.met and company_speaks(self.suggested[pair].found)

    def _stays(self, cluster: int) -> PersonId | None:
        """The person that a cluster is: of several known, the one known longest."""
        known = {self.person_of[n] for n in self.final.members(cluster) if n in self.person_of}
        return min(known, default=None, key=lambda person: (person < 0, abs(person)))

    def _as_kept(self, match: Match | None, cluster: int) -> Match | None:
        stays = self._stays(cluster)
        if match is None or stays is None or match.person_id == stays:
            return match
        return Match(stays, match.weight, match.reasons, match.vetoes)

    def _merged(self) -> tuple[tuple[PersonId, PersonId, Match], ...]:
        found = []
        for place in range(len(self.mentions)):
            cluster = self.final.of(place)
            stays = self._stays(cluster)
            known = {self.person_of[n] for n in self.final.members(cluster) if n in self.person_of}
            for goes in sorted(known - {stays}):
                pairs = product((place,), self.people[goes])
                match = self._best([pair for pair in pairs if pair in self.suggested])
                if stays is not None and match is not None:
                    found.append((stays, goes, match))
        return tuple(found)


def _in_doubt(found: Found) -> bool:
    """Born on one day, and no forename to tell a twin by."""
    return found.birth in ONE_BIRTH and not found.named and found.forename not in OTHER_NAME


def _may_be_one_name(a: Described, b: Described) -> bool:
    if a.forename is None or b.forename is None:
        return False
    sounds = a.forename.sounds.union(*(name.sounds for name in a.others[:1]))
    return not sounds.isdisjoint(b.forename.sounds.union(*(name.sounds for name in b.others[:1])))


def _written(d: Described) -> tuple[str, ...]:
    """What was written, to settle ties by."""
    born = d.dob.isoformat() if d.dob else ""
    return (d.surname, d.given, d.middle, born, d.sex, d.postcode, d.house, d.phone, d.nhs_number,
            d.upn, d.role, d.street, d.police_id)  # fmt: skip
