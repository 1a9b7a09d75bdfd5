"""Keeping the register of schools, their key adults and the days they are open."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from sightline.access.commands import add_agency
from sightline.access.models import AgencyKind, User
from sightline.audit.commands import record
from sightline.directory.models import KeyAdult, School, Term
from sightline.directory.queries import school_key


@transaction.atomic
def add_school(
    *, urn: str, name: str, phase: str = "", ages: tuple[int, int] = (4, 18),
    by: User | None, now: datetime,
) -> School:  # fmt: skip
    """Add a school with its agency, or return the one with that URN."""
    school = School.objects.filter(urn=urn).first()
    if school is not None:
        return school
    agency = add_agency(name=name, kind=AgencyKind.SCHOOL, by=by, now=now)
    school = School.objects.create(
        agency=agency, urn=urn, name=name, name_key=school_key(name), phase=phase,
        low_age=ages[0], high_age=ages[1],
    )  # fmt: skip
    record("school.added", school, by=by, at=now)
    return school


@transaction.atomic
def name_key_adult(
    *, school: School, user: User, deputy: bool = False, by: User | None, now: datetime
) -> KeyAdult:
    """Make a user the school's key adult or a deputy; ValueError for another agency's user."""
    if user.agency_id != school.agency_id:
        raise ValueError("a key adult must be a user of that school")
    key_adult, made = KeyAdult.objects.get_or_create(
        school=school, user=user, ended_on=None,
        defaults={"deputy": deputy, "confirmed_on": now.date()},
    )  # fmt: skip
    if made:
        record("key_adult.named", key_adult, by=by, at=now, deputy=deputy)
    return key_adult


@transaction.atomic
def set_terms(terms: Iterable[tuple[date, date]], *, school: School | None = None) -> None:
    """Replace the term dates of one school, or (school empty) those of all others."""
    Term.objects.filter(school=school).delete()
    Term.objects.bulk_create(Term(school=school, first=first, last=last) for first, last in terms)
