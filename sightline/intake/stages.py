"""From a kept notification to a source of mentions: the stage after receiving."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from sightline.intake.models import Notification
from sightline.intake.schema import Address, ChildPart, Person
from sightline.intake.schema import Notification as Content
from sightline.people.commands import Document, Happened, Place, Related, Written, record_source
from sightline.people.models import Source


@transaction.atomic
def record_people(notification_id: int, *, now: datetime) -> Source:
    """Write down who is mentioned in a notification. Doing it again returns the same source."""
    notification = Notification.objects.select_for_update().defer("raw").get(pk=notification_id)
    if notification.source is not None:
        return notification.source
    source = record_source(
        _document(notification),
        replaces=_version_before(notification),
        superseded=notification.superseded_at is not None,
        now=now,
    )
    notification.source = source
    notification.save(update_fields=["source"])
    return source


def _version_before(notification: Notification) -> Source | None:
    """Return the source of the latest other version that has been written down."""
    other = (
        Notification.objects.filter(
            sender_id=notification.sender_id,
            reference=notification.reference,
            source__isnull=False,
        )
        .exclude(pk=notification.pk)
        .select_related("source__incident")
        .order_by("-version")
        .first()
    )
    return other.source if other else None


def _document(notification: Notification) -> Document:
    content = Content.model_validate(notification.content)
    return Document(
        label=f"Police notification {notification.reference}, version {notification.version}",
        on=timezone.localtime(notification.notified_at).date(),
        happened=_happened(content, notification.notified_at),
        people=[_written(person, notification.notified_at) for person in content.people],
        related=[Related(**related.model_dump()) for related in content.relationships],
    )


def _happened(content: Content, notified_at: datetime) -> Happened:
    incident = content.incident
    started = incident.started_at or notified_at
    return Happened(
        started_at=started if timezone.is_aware(started) else timezone.make_aware(started),
        place=_place(incident.address),
        reference=incident.log_number,
        summary=incident.summary,
        officer_grade=content.risk.supervisor_grade or content.risk.officer_grade,
    )


def _place(address: Address) -> Place:
    return Place(address.lines, address.postcode, address.uprn)


def _written(person: Person, notified_at: datetime) -> Written:
    child = person.child or ChildPart()
    return Written(
        fields={
            "role": person.role, "given_name": person.given_name,
            "middle_name": person.middle_name, "surname": person.surname,
            "aliases": [alias[:160] for alias in person.aliases],
            "birth_date": _sensible(person.birth_date, notified_at),
            "age": person.age, "sex": person.sex, "ethnicity": person.ethnicity,
            "language": person.language[:40], "phone": person.phone,
            "nhs_number": "".join(filter(str.isdigit, person.nhs_number))[:10],
            "upn": person.upn.upper().replace(" ", "")[:13],
            "police_id": person.police_id[:30], "detail": _rest(person),
            **(_of_child(child) if person.role == "child" else {}),
        },
        place=_home(person, child),
        local_id=person.id,
    )  # fmt: skip


def _home(person: Person, child: ChildPart) -> Place | None:
    """Return where a person lives: None is at the incident's address, an empty Place is not known.

    The incident's address is the home of the victim and of the children who live there; of nobody
    else is that said unless it was written.
    """
    if person.address and (person.address.lines or person.address.postcode):
        return _place(person.address)
    if person.role == "child":
        return Place() if child.presence in ("visiting", "not_living_there") else None
    return None if person.role in ("victim", "both_alleged") else Place()


def _sensible(born: date | None, notified_at: datetime) -> date | None:
    """A birth date in the future or before 1900 is a slip of the pen; the raw body keeps it."""
    tomorrow = (notified_at + timedelta(days=1)).date()
    return born if born and date(1900, 1, 1) <= born <= tomorrow else None


def _of_child(child: ChildPart) -> dict[str, Any]:
    return {
        "presence": child.presence or "not_known", "expected_birth": child.expected_birth,
        "where_in_home": child.where_in_home[:120], "saw_or_heard": child.saw_or_heard,
        "spoken_to_alone": child.spoken_to_alone, "words": child.words,
        "demeanour": child.demeanour, "school_name": child.school_name[:160],
        "school_urn": child.school_urn, "home_educated": child.home_educated,
    }  # fmt: skip


def _rest(person: Person) -> dict[str, Any]:
    """Keep what has no column of its own but a page may show."""
    rest = person.model_dump(
        mode="json",
        exclude_defaults=True,
        include={"interpreter", "occupation", "works_with_children", "disability"},
    )
    if person.child:
        more = {"injuries", "concern", "year_group", "health_visitor", "other_parent"}
        rest |= person.child.model_dump(mode="json", exclude_defaults=True, include=more)
    return rest
