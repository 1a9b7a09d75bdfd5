"""A family as a picture: cards, frames and lines for `pathway.picture`, with their words."""

import textwrap
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from sightline.common.words import plural, short_day
from sightline.pathway.picture.layout import draw
from sightline.pathway.picture.parts import Bond, Card, Frame, Picture
from sightline.pathway.presenters.family import NO_ADDRESS, born_words, role_words
from sightline.pathway.relatives import Relatives
from sightline.people.models import Person, Role
from sightline.rules.families.derived import ABUSE, SIBLINGS
from sightline.rules.families.generations import DOWN, generations
from sightline.rules.families.homes import Stay
from sightline.rules.families.ties import Tie

LETTERS = 19  # of a name on one line of a card
ADDRESS = 44  # letters of an address over a frame
MOST_NOTES = 3


def family_picture(family: Relatives, today: date) -> Picture:
    """Return the drawing of a family; whoever finds no room in it is counted."""
    rows = generations(list(family.persons), family.ties, family.children)
    return draw(list(_frames(family, rows, today)), list(_bonds(family)))


def description(family: Relatives, picture: Picture) -> str:
    """Return in one sentence what the picture shows; the lists below it say the rest."""
    homes = len({stay.home for pk in family.persons if (stay := family.home(pk))})
    left = f", {plural(picture.left_out, 'person', 'people')} more only in the list" * bool(
        picture.left_out
    )
    people = plural(len(family.persons) - picture.left_out, "person", "people")
    return f"{people}, {plural(homes, 'known home')}{left}. The same is listed in words below."


def _frames(family: Relatives, rows: dict[int, int], today: date) -> Iterator[Frame]:
    """Yield a frame for each home where somebody was last seen, the closest to the root first."""
    lived: dict[int | None, list[Person]] = {}
    for pk, person in family.persons.items():
        stay = family.home(pk)
        lived.setdefault(stay.home if stay else None, []).append(person)
    for home, people in lived.items():
        cards = tuple(_card(family, person, rows[person.pk], today) for person in people)
        if home is None:
            yield Frame("Home not known", cards, known=False)
        else:
            yield Frame(_label(family, home), cards, _earlier(family, home))


def _label(family: Relatives, home: int) -> str:
    household = family.addresses.get(home)
    if household is None:
        return NO_ADDRESS
    return textwrap.shorten(household.address, ADDRESS, placeholder="…")


def _earlier(family: Relatives, home: int) -> tuple[str, ...]:
    """Say who was seen at a home before they were seen elsewhere."""
    gone = [
        f"Earlier: {person.name}, last seen {short_day(stay.last)}"
        for pk, person in family.persons.items()
        for stay in family.stays.get(pk, ())[1:]
        if stay.home == home
    ]
    if len(gone) <= MOST_NOTES:
        return tuple(gone)
    return (*gone[: MOST_NOTES - 1], f"and {len(gone) - MOST_NOTES + 1} more earlier")


def _card(family: Relatives, person: Person, row: int, today: date) -> Card:
    name = textwrap.wrap(person.name, LETTERS, max_lines=2, placeholder="…")
    born = born_words(person, today)
    facts = [] if person.unborn_until and not person.given_name else [f"born {born}"]
    facts += filter(None, [role_words(family, person.pk), _since(family.home(person.pk))])
    return Card(
        id=person.pk, name=tuple(name), facts=tuple(facts), row=row,
        order=f"{person.birth_date or person.unborn_until or ''}",
        child=person.pk in family.children, asked=person.pk == family.root.pk,
        perpetrator=Role.PERPETRATOR in family.roles.get(person.pk, ()),
    )  # fmt: skip


def _since(stay: Stay[int] | None) -> str:
    return f"here since {short_day(stay.first)}" if stay else ""


def _bonds(family: Relatives) -> Iterator[Bond]:
    """Yield the lines to draw; what parents and children show by themselves is left out.

    Where sources differ about an elder and a younger one, one line says both.
    """
    parents = {(tie.a, tie.b) for tie in family.ties if tie.bond == "parent"}
    down: dict[tuple[int, int], list[Tie]] = defaultdict(list)
    for tie in family.ties:
        if tie.bond in DOWN and not _shown_anyway(tie, parents):
            down[tie.a, tie.b].append(tie)
        elif not _shown_anyway(tie, parents):
            style = "abuse" if tie.bond == ABUSE else "derived" if tie.derived else "said"
            yield Bond(tie.a, tie.b, _words(tie), style)
    for (elder, younger), ties in down.items():
        style = "derived" if all(tie.derived for tie in ties) else "said"
        yield Bond(elder, younger, _words_down(ties), style, down=True)


def _shown_anyway(tie: Tie, parents: set[tuple[int, int]]) -> bool:
    if tie.bond in SIBLINGS:
        return any((above, tie.b) in parents for above, child in parents if child == tie.a)
    if tie.bond == "grandparent":
        return any((below, tie.b) in parents for above, below in parents if above == tie.a)
    return False


def _words(tie: Tie) -> str:
    """Return the words beside a line. A question mark: sources differ."""
    words = tie.words.removesuffix(" of").removesuffix(" to")
    if tie.bond == ABUSE:
        words = f"perpetrator in {words.split(', ')[1]}"
    elif tie.bond == "co-parent":
        words = "child together"
    return f"{words}?" if tie.doubts else words


def _words_down(ties: Sequence[Tie]) -> str:
    """Return the words of a line to a younger one: that of a parent needs none."""
    if len(ties) == 1 and ties[0].bond == "parent":
        return "?" if ties[0].doubts else ""
    words = " or ".join(tie.words.removesuffix(" of") for tie in ties)
    return f"{words}?" if any(tie.doubts for tie in ties) else words
