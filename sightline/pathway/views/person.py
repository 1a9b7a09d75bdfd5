"""One person: who they are, where they lived, what happened, as far as it may be seen."""

from datetime import datetime

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.access.models import User
from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.actions.telling import Entry
from sightline.common.clock import now
from sightline.common.wall import Purpose, acting_for
from sightline.common.words import day
from sightline.meetings.marac.presenters import flag_words
from sightline.meetings.marac.reading import flags_shown
from sightline.pathway.chronology import chronology
from sightline.pathway.doors import questions_about
from sightline.pathway.looking import joined_away
from sightline.pathway.presenters.family import address_of, stay_words
from sightline.pathway.presenters.family import relative_rows as relatives
from sightline.pathway.relatives import Relatives, relatives_of
from sightline.pathway.telling import is_child
from sightline.people.models import Mention, Person
from sightline.sharing.in_words import not_shared
from sightline.sharing.models import Item
from sightline.sharing.queries import log_reads, open_person
from sightline.sharing.review_queue import questions_for
from sightline.vault.queries import way_to


@page(Perm.SEE_PERSON)
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a person item by item; what is not open is named, and nothing else is said of it."""
    reader, moment = user_of(request), now()
    if away := joined_away(reader, pk, moment):
        return redirect("person", away)
    who, answer = open_person(reader, pk, moment)
    family = relatives_of(reader, who, answer, now=moment, whole=False)
    near = relatives(family)
    with transaction.atomic():  # all looks are written at once
        for seen in ({pk: answer}, {other: family.answers[other] for other, _, _ in near}):
            log_reads(reader, seen, page="person", now=moment)
    context = {
        "person": who,
        "facts": _facts(family, answer.items),
        "relatives": near,
        "household_open": Item.HOUSEHOLD in answer.items,
        "entries": [_shown(entry) for entry in chronology(who, answer.items, reader, moment)],
        "held_back": not_shared(answer.items),
        "because": answer.because,
        "flags": [flag_words(one) for one in flags_shown(reader, pk, moment)],
        "question": _question(reader, pk, moment),
        "is_child": is_child(pk),
        "way": way_to(reader, pk, moment),
        "may_join": Perm.REVIEW_LINKS in reader.perms,
        "may_split": Perm.CORRECT_LINKS in reader.perms,
    }
    return render(request, "pathway/person.html", context)


@acting_for(Purpose.CHECKING)  # which one; its page asks again as the reader
def _question(reader: User, pk: int, moment: datetime) -> int | None:
    """Return the oldest open question about this person, for those who answer such."""
    if Perm.REVIEW_LINKS not in reader.perms:
        return None
    about = questions_for(reader, moment).filter(questions_about([pk]))
    return about.order_by("asked_at").values_list("pk", flat=True).first()


def _facts(family: Relatives, items: frozenset[str]) -> list[tuple[str, str]]:
    person = family.root
    facts = [
        ("Name", person.name),
        ("Date of birth", day(person.birth_date) if person.birth_date else "Not known"),
        ("Also written", _other_names(person) or "Always the same"),
    ]
    if Item.HOUSEHOLD in items:
        facts.append(("Lived at", _homes(family) or "Not known"))
    return facts


def _other_names(person: Person) -> str:
    mentions = Mention.objects.filter(links__person=person, links__ended_at__isnull=True)
    names = dict.fromkeys(m.name for m in mentions.only("given_name", "surname", "presence"))
    return "; ".join(name for name in names if name != person.name)


def _homes(family: Relatives) -> str:
    """Return each address with when a source placed the person there, the last one first."""
    lived = family.stays.get(family.root.pk, ())
    return " ".join(f"{address_of(family, stay)}: {stay_words(stay)}" for stay in lived)


def _shown(entry: Entry) -> dict[str, object]:
    return {
        "title": entry.title, "when": entry.when, "machine": entry.machine,
        "source": entry.source, "body": " ".join(entry.lines),
    }  # fmt: skip
