"""How a school stands with its key adults, in words."""

from dataclasses import dataclass
from datetime import date

from sightline.directory.chasing import Kept
from sightline.rules.encompass.key_adults import State

WORDS = {
    State.OFFICER: ("Ring the school", "late"),
    State.OLD: ("Asked to confirm", "due"),
    State.CONFIRMED: ("Confirmed", "done"),
}
ORDER = list(WORDS)
LONG_AGO = date.min


@dataclass(frozen=True)
class SchoolRow:
    """A school, who is told in it, and how it stands with their names."""

    pk: int
    name: str
    kind: str
    telephone: str
    told: str
    word: str
    tag: str
    because: str
    order: tuple[int, date, str]


def school_row(kept: Kept) -> SchoolRow:
    word, tag = WORDS[kept.standing.state]
    oldest = min((one.confirmed_on or LONG_AGO for one in kept.people), default=LONG_AGO)
    return SchoolRow(
        pk=kept.school.pk,
        name=kept.school.name,
        kind=kept.school.get_kind_display(),
        telephone=kept.school.telephone,
        told=", ".join(one.user.name for one in kept.people) or "Nobody",
        word=word,
        tag=tag,
        because=kept.standing.because,
        order=(ORDER.index(kept.standing.state), oldest, kept.school.name),
    )
