"""Keeping the register of schools, their key adults and the days they are open."""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import pairwise

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sightline.access.commands import add_agency
from sightline.access.models import AgencyKind, User
from sightline.access.queries import require
from sightline.access.roles import Perm
from sightline.audit.commands import record
from sightline.common.announce import announce
from sightline.common.clock import local_date
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.directory.models import ClosureDay, KeyAdult, School, SchoolKind, Term
from sightline.directory.queries import school_key


@transaction.atomic
def add_school(
    *, urn: str, name: str, phase: str = "", ages: tuple[int, int] = (4, 18),
    kind: SchoolKind = SchoolKind.STATE, telephone: str = "", by: User | None, now: datetime,
) -> School:  # fmt: skip
    """Add a school with its agency, or return the one with that URN."""
    school = School.objects.filter(urn=urn).first()
    if school is not None:
        return school
    agency = add_agency(name=name, kind=AgencyKind.SCHOOL, by=by, now=now)
    school = School.objects.create(
        agency=agency, urn=urn, name=name, name_key=school_key(name), phase=phase, kind=kind,
        telephone=telephone,
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
        defaults={"deputy": deputy, "confirmed_on": local_date(now)},
    )  # fmt: skip
    if made:
        record("key_adult.named", key_adult, by=by, at=now, deputy=deputy)
    return key_adult


@transaction.atomic
def confirm_key_adults(*, school: School, by: User, now: datetime) -> int:
    """Somebody of the school, or the council's officer, says that these are the ones who are told.

    Returns how many there are. Doing it again moves the day on.
    """
    _require(school, by)
    people = KeyAdult.objects.filter(school=school, ended_on=None).select_for_update()
    for key_adult in people:
        key_adult.confirmed_on, key_adult.asked_on = local_date(now), None
        key_adult.save(update_fields=["confirmed_on", "asked_on"])
    record("key_adults.confirmed", school, by=by, at=now)
    return len(people)


@transaction.atomic
def end_key_adult(*, key_adult: KeyAdult, by: User, now: datetime) -> KeyAdult:
    """Somebody is not told any more. Doing it again changes nothing.

    Raises WrongMoment for the last one of a school: name somebody else first.
    """
    _require(key_adult.school, by)
    others = KeyAdult.objects.select_for_update().filter(school=key_adult.school_id, ended_on=None)
    standing = {one.pk: one for one in others}
    if key_adult.pk not in standing:
        return key_adult
    if len(standing) == 1:
        raise WrongMoment("Nobody would be told. Name somebody else first.")
    ended = standing[key_adult.pk]
    ended.ended_on = local_date(now)
    ended.save(update_fields=["ended_on"])
    record("key_adult.ended", ended, by=by, at=now)
    return ended


@transaction.atomic
def choose_key_adult(
    *, school: School, user: User, deputy: bool, by: User, now: datetime
) -> KeyAdult:
    """As `name_key_adult`, by somebody of the school or the council's officer. Of somebody who is
    one, it says whether they are the lead or a deputy."""
    _require(school, by)
    key_adult = name_key_adult(school=school, user=user, deputy=deputy, by=by, now=now)
    if key_adult.deputy != deputy:
        key_adult.deputy = deputy
        key_adult.save(update_fields=["deputy"])
        record("key_adult.named", key_adult, by=by, at=now, deputy=deputy)
    return key_adult


def _require(school: School, by: User) -> None:
    require(by, Perm.RECEIVE_NOTICES, Perm.CHASE_SCHOOLS)
    if school.agency_id != by.agency_id and Perm.CHASE_SCHOOLS not in by.perms:
        raise PermissionDenied


@transaction.atomic
def close_on(*, school: School, on: date, why: str, by: User, now: datetime) -> ClosureDay:
    """Write down a day in term on which a school is closed: an inset day, snow. Twice is once."""
    _require(school, by)
    day, made = ClosureDay.objects.get_or_create(
        school=school, on=on, defaults={"why": why.strip()[:80] or "inset day"}
    )
    if made:
        record("school.closed_on", school, by=by, at=now, on=on.isoformat())
        announce("calendar.changed", school.pk)
    return day


@transaction.atomic
def open_on(*, school: School, on: date, by: User, now: datetime) -> None:
    """Take a closed day back. Twice is once."""
    _require(school, by)
    gone, _ = ClosureDay.objects.filter(school=school, on=on).delete()
    if gone:
        record("school.open_on", school, by=by, at=now, on=on.isoformat())
        announce("calendar.changed", school.pk)


@transaction.atomic
def keep_terms(
    terms: Iterable[tuple[date, date]], *, school: School, by: User, now: datetime
) -> None:
    """Replace the terms of one school by its own; none: it goes by those of all schools.

    Raises NotUnderstood for a term that ends before it begins, or two at the same time.
    """
    _require(school, by)
    wanted = sorted(terms)
    if any(last < first for first, last in wanted):
        raise NotUnderstood("A term must not end before it begins.")
    if any(one[1] >= after[0] for one, after in pairwise(wanted)):
        raise NotUnderstood("Two terms must not be at the same time.")
    before = sorted(Term.objects.filter(school=school).values_list("first", "last"))
    if before != wanted:
        set_terms(wanted, school=school)
        record("school.terms_set", school, by=by, at=now)
        announce("calendar.changed", school.pk)


@transaction.atomic
def set_terms(terms: Iterable[tuple[date, date]], *, school: School | None = None) -> None:
    """Replace the term dates of one school, or (school empty) those of all others."""
    Term.objects.filter(school=school).delete()
    Term.objects.bulk_create(Term(school=school, first=first, last=last) for first, last in terms)
