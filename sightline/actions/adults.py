"""The adults of a family: who, in which role, how to reach them and what to mind."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sightline.actions.family import Family, shown_as
from sightline.intake.schema import Person as Written
from sightline.intake.schema import SafeContact
from sightline.people.models import Link, Role
from sightline.screening.presenters import age_words

ADULTS = (Role.VICTIM, Role.BOTH_ALLEGED, Role.PERPETRATOR, Role.OTHER)


@dataclass(frozen=True)
class AdultRow:
    """One adult: who, in which role, how to reach them and what to mind when doing so."""

    who: str
    role: str
    phone: str
    mind: tuple[str, ...]
    safe_way: int | None  # the person, where the reader may see how to reach them safely


def adult_rows(family: Family, today: date) -> Iterator[AdultRow]:
    for link in shown_as(family, *ADULTS):
        age = age_words(link.mention, link.person, today)
        yield AdultRow(
            who=f"{link.person.name}, {age}" if age else link.person.name,
            role=", ".join([Role(link.mention.role).label, *_related(family, link)]),
            phone=link.mention.phone,
            mind=tuple(_mind(family, link)),
            safe_way=link.person_id if link.person_id in family.safe_ways else None,
        )


def _related(family: Family, link: Link) -> Iterator[str]:
    """Yield how somebody is related to the others, as far as the newest source says so."""
    names = {each.mention_id: each.person.name for each in family.sight.shown}
    for related in family.relationships:
        if related.a_id == link.mention_id:
            yield f"{related.kind.replace('_', ' ')} of {names[related.b_id]}"


def _mind(family: Family, link: Link) -> Iterator[str]:
    """What to mind before contacting somebody: it may be a matter of their safety."""
    written = _written(family, link)
    if written is None:
        return
    contact = written.safe_contact or SafeContact()  # how and when are in the vault
    if contact.no_messages:
        yield "Leave no messages"
    if contact.perpetrator_reads_post_or_phone == "yes":
        yield "The perpetrator reads post or phone"
    if written.interpreter == "yes":
        yield f"Interpreter needed: {written.language or 'language not said'}"
    if written.works_with_children == "yes":
        yield "Works with children or adults at risk"


def _written(family: Family, link: Link) -> Written | None:
    """What the notification says of a person; mentions stand in the order of its people."""
    content = family.contents.get(link.mention.source_id)
    people = content.people if content else []
    return people[link.mention.position] if link.mention.position < len(people) else None
