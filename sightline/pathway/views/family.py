"""The family picture of one person, and the same as lists."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.common.clock import local_date, now
from sightline.pathway.presenters.family import family_lists
from sightline.pathway.presenters.family_picture import description, family_picture
from sightline.pathway.relatives import relatives_of
from sightline.sharing.models import Item
from sightline.sharing.queries import log_reads, open_person


@page(Perm.SEE_PERSON)
def person_family(request: HttpRequest, pk: int) -> HttpResponse:
    """Show whom a person belongs to, as far as each of them is disclosed to the reader."""
    reader, moment = user_of(request), now()
    person, answer = open_person(reader, pk, moment)
    family = relatives_of(reader, person, answer, now=moment)
    with transaction.atomic():  # all looks are written at once
        for seen in ({pk: answer}, family.others):
            log_reads(reader, seen, page="person-family", now=moment)
    today = local_date(moment)
    picture = family_picture(family, today)
    context = {
        "person": person,
        "picture": picture,
        "description": description(family, picture),
        "lists": family_lists(family, today),
        "household_open": Item.HOUSEHOLD in answer.items,
        "today": today,
    }
    return render(request, "pathway/family.html", context)
