"""Keeping what people can be looked up by: one row of terms a person, and the words there are.

Derived from mentions, and redone with the cached reading of a person whenever a link changes.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sightline.people.models import Mention, SearchEntry, SearchWord
from sightline.rules.search.likeness import sounds_of
from sightline.rules.search.parts import Kind
from sightline.rules.search.writing import Writing, terms

WORDS = (Kind.NAME, Kind.STREET)
LONGEST = 160  # letters of a word
A_BATCH = 1000


def writing(mention: Mention) -> Writing:
    """Return what a mention says, as search reads it. Its source and incident must be loaded."""
    incident = mention.source.incident
    return Writing(
        on=mention.source.on,
        given=mention.given_name,
        middle=mention.middle_name,
        surname=mention.surname,
        aliases=tuple(mention.aliases),
        birth_date=mention.birth_date,
        due=mention.expected_birth,
        age=mention.age,
        address=mention.address,
        postcode=mention.postcode,
        phone=mention.phone,
        numbers=(mention.nhs_number, mention.upn, mention.police_id),
        reference=incident.reference if incident else "",
    )


def write_entries(
    mentions: Mapping[int, Sequence[Mention]],
    *,
    entries: Any = SearchEntry.objects,
    words: Any = SearchWord.objects,
) -> None:
    """Write anew by what these persons are found: all mentions of each, by person id.

    Two queries. A migration passes the managers of its own time.
    """
    held = {person: _terms(some) for person, some in mentions.items()}
    rows = [
        entries.model(
            person_id=person, terms=sorted(found),
            last_seen=max(mention.source.on for mention in mentions[person]),
        )
        for person, found in sorted(held.items())
    ]  # fmt: skip
    _write_words(set().union(*held.values()), words)
    entries.bulk_create(
        rows, batch_size=A_BATCH, update_conflicts=True, unique_fields=["person"],
        update_fields=["terms", "last_seen"],
    )  # fmt: skip


def forget_entries(person_ids: Iterable[int]) -> None:
    """Have nobody find these persons: no mention is linked to them any more."""
    SearchEntry.objects.filter(person__in=list(person_ids)).delete()


def _terms(mentions: Sequence[Mention]) -> set[str]:
    return {term for mention in mentions for term in terms(writing(mention))}


def _write_words(found: set[str], words: Any) -> None:
    split = sorted({(term[0], term[2 : 2 + LONGEST]) for term in found if term[0] in WORDS})
    words.bulk_create(
        [
            words.model(
                kind=kind, word=word,
                sounds=sorted(sounds_of(word)) if kind == Kind.NAME else [],
            )
            for kind, word in split
        ],
        batch_size=A_BATCH,
        ignore_conflicts=True,
    )  # fmt: skip
