"""Keeping what people can be looked up by: one row of terms a person, and the words there are.

Derived from mentions, and redone with the cached reading of a person whenever a link changes.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db import connection

from sightline.common.rows import create
from sightline.people.models import Mention, SearchEntry, SearchWord
from sightline.rules.search.likeness import sounds_of
from sightline.rules.search.parts import Kind
from sightline.rules.search.writing import Writing, terms

WORDS = (Kind.NAME, Kind.STREET)
LONGEST = 160  # letters of a word
NOT_HELD = """
    select kind, word from unnest(%s::text[], %s::text[]) said (kind, word)
    where not exists (
        select from people_searchword held where held.kind = said.kind and held.word = said.word
    )
"""
ANEW = "(person_id) do update set terms = excluded.terms, last_seen = excluded.last_seen"
BESIDES = """
    (person_id) do update set
        last_seen = greatest(people_searchentry.last_seen, excluded.last_seen),
        terms = array(
            select term from unnest(people_searchentry.terms || excluded.terms) term
            group by term order by term collate "C"
        )
"""


class Said(NamedTuple):
    """What one mention says of a person, under the names that a mention has for it.

    on: the day of its source. reference: of the incident.
    """

    given_name: str
    middle_name: str
    surname: str
    aliases: Sequence[str]
    birth_date: date | None
    expected_birth: date | None
    age: int | None
    sex: str
    address: str
    postcode: str
    phone: str
    nhs_number: str
    upn: str
    police_id: str
    on: date
    reference: str


OF_MENTION = Said._fields[:-2]


def said_by(mention: Mention) -> Said:
    """Return what a mention says. Its source and incident must be loaded."""
    source = mention.source
    reference = source.incident.reference if source.incident else ""
    own = {name: getattr(mention, name) for name in OF_MENTION}
    return Said(**own, on=source.on, reference=reference)


def _writing(said: Said) -> Writing:
    return Writing(
        on=said.on, given=said.given_name, middle=said.middle_name, surname=said.surname,
        aliases=tuple(said.aliases), birth_date=said.birth_date, due=said.expected_birth,
        age=said.age, address=said.address, postcode=said.postcode, phone=said.phone,
        numbers=(said.nhs_number, said.upn, said.police_id), reference=said.reference,
    )  # fmt: skip


def write_entries(
    mentions: Mapping[int, Sequence[Mention]],
    *,
    entries: Any = SearchEntry.objects,
    words: Any = SearchWord.objects,
) -> None:
    """Write by what these persons are found: all mentions of each, by person id.

    For a migration, which passes the managers of its own time.
    """
    said = {person: [said_by(mention) for mention in some] for person, some in mentions.items()}
    write_said(said, entry=entries.model, word=words.model)


def write_said(
    said: Mapping[int, Sequence[Said]],
    *,
    besides: bool = False,
    entry: type[SearchEntry] = SearchEntry,
    word: type[SearchWord] = SearchWord,
) -> None:
    """Write anew by what these persons are found: what each mention says of them, by person id.

    besides: beside what is said of them already. Three queries at most, and two where nobody has
    said a word that was never said before.
    """
    held = {person: _terms(some) for person, some in said.items()}
    rows = [
        entry(
            person_id=person, terms=sorted(found), last_seen=max(one.on for one in said[person])
        )
        for person, found in sorted(held.items())
    ]  # fmt: skip
    _write_words(set().union(*held.values()), word)
    create(rows, BESIDES if besides else ANEW)


def forget_entries(person_ids: Iterable[int]) -> None:
    """Have nobody find these persons: no mention is linked to them any more."""
    SearchEntry.objects.filter(person__in=list(person_ids)).delete()


def _terms(some: Sequence[Said]) -> set[str]:
    return {term for said in some for term in terms(_writing(said))}


def _write_words(found: set[str], model: type[SearchWord]) -> None:
    """Write the words that are new: of most notifications none is."""
    split = sorted({(term[0], term[2 : 2 + LONGEST]) for term in found if term[0] in WORDS})
    with connection.cursor() as cursor:
        asked = [[kind for kind, _ in split], [word for _, word in split]]
        new = sorted(cursor.rows(NOT_HELD, asked))
    create(
        [
            model(kind=kind, word=word, sounds=sorted(sounds_of(word)) if kind == Kind.NAME else [])
            for kind, word in new
        ],
        on_conflict="do nothing",
    )
