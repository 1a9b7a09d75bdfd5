"""What is kept in the vault is sealed, opened by its own doors with a reason, and superseded."""

import json
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connection
from django.http import Http404
from psycopg import sql

from sightline.access.models import User
from sightline.audit.models import Event, Read
from sightline.common.errors import WrongMoment
from sightline.pathway.stages import renew_doors
from sightline.people.changes import join
from sightline.rules.vault.contact import Contact
from sightline.sharing.models import Disclosure, Item
from sightline.sharing.queries import what_they_may_see
from sightline.vault.alarms import alarms_for
from sightline.vault.keeping import keep_contact, open_to_agency
from sightline.vault.keys import NoKey
from sightline.vault.looking import look, may_be_opened
from sightline.vault.models import Look, Print, SafeAddress, SafeContact, What
from sightline.vault.sending import mail_alarm
from tests.vault.safe import HAVEN, LATER, REACH, REASON, keep_haven, keep_reach
from tests.world import NOW, notification

BOTH = [Item.SAFE_CONTACT, Item.SAFE_ADDRESS]


@pytest.fixture
def family(world):
    world.notify(notification())
    return world


def see(world, local="socialworker", items=BOTH, person="Maria"):
    return look(
        person=world.person(person).pk, items=items, reason=REASON, by=world.user(local), now=NOW
    )


def test_what_is_kept_is_seen_with_a_reason_and_each_look_is_written_down(family):
    keep_haven(family)
    keep_reach(family)
    opened = see(family)
    assert [address for _, address in opened.addresses] == [HAVEN]
    assert [contact for _, contact in opened.contacts] == [REACH]
    seen = Look.objects.get()
    assert (seen.reason, seen.looked_by.name, seen.items) == (REASON, "Tom Bright", sorted(BOTH))
    assert {tuple(read.items) for read in Read.objects.filter(page="safe-contact")} == {
        (Item.SAFE_CONTACT,), (Item.SAFE_ADDRESS,),
    }  # fmt: skip


def test_nothing_of_it_stands_in_the_database_in_clear(family):
    keep_haven(family)
    keep_reach(family)
    see(family)
    with connection.cursor() as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = 'public'")
        for (table,) in cursor.fetchall():
            rows = sql.SQL("select count(*) from {} t where t::text ~* %s").format(
                sql.Identifier(table)
            )
            cursor.execute(rows, ["heron|lantern|900471|zz8 ?3wp"])
            assert cursor.fetchone() == (0,), table


@pytest.mark.parametrize("local", ["health", "idva", "helplead", "police", "outsider", "manager"])
def test_no_standing_door_opens_it(family, local):
    keep_haven(family)
    user = family.user(local)
    assert may_be_opened(user, family.person("Maria").pk, NOW) == []
    with pytest.raises(Http404):
        see(family, local, [Item.SAFE_ADDRESS])
    assert not Look.objects.exists()


def test_an_agency_that_the_rules_name_gets_a_door_of_its_own(family):
    kept, haven = keep_haven(family), family.cast.agencies["refuge"]
    person = family.person("Maria").pk
    open_to_agency(entry=kept, person=person, agency=haven, by=family.user("chair"), now=NOW)
    idva = family.user("idva")
    assert may_be_opened(idva, person, NOW) == [Item.SAFE_ADDRESS]
    assert see(family, "idva", [Item.SAFE_ADDRESS]).addresses[0][1] == HAVEN
    assert Item.HOUSEHOLD not in what_they_may_see(idva, [person], NOW)[person].items
    with pytest.raises(Http404):
        see(family, "idva")  # nothing was said of how to reach her


@pytest.mark.parametrize("agency", ["health", "housing", "probation", "education"])
def test_no_other_agency_gets_one(family, agency):
    kept = keep_haven(family)
    with pytest.raises(WrongMoment, match="may not have it"):
        open_to_agency(
            entry=kept, person=family.person("Maria").pk, agency=family.cast.agencies[agency],
            by=family.user("chair"), now=NOW,
        )  # fmt: skip


def test_nobody_who_bears_the_perpetrators_name_gets_at_it_nor_does_his_agency(family):
    kept, refuge = keep_haven(family), family.cast.agencies["refuge"]
    person = family.person("Maria").pk
    User.objects.filter(pk=family.user("idva").pk).update(name="Daniel CROWE")
    with pytest.raises(WrongMoment):
        open_to_agency(entry=kept, person=person, agency=refuge, by=family.user("chair"), now=NOW)
    worker = family.user("socialworker")
    assert may_be_opened(worker, person, NOW) == [Item.SAFE_ADDRESS]
    worker.name = "Crowe, Daniel"
    assert may_be_opened(worker, person, NOW) == []


def test_a_change_supersedes_closes_the_doors_and_tells_whoever_had_the_old_one(family):
    old, refuge = keep_haven(family), family.cast.agencies["refuge"]
    person = family.person("Maria").pk
    open_to_agency(entry=old, person=person, agency=refuge, by=family.user("chair"), now=NOW)
    key = uuid4()
    new = keep_haven(family, LATER, key=key)
    assert keep_haven(family, LATER, key=key) == new  # a double click
    old.refresh_from_db()
    assert (old.ended_at, SafeAddress.objects.count()) == (NOW, 2)
    assert may_be_opened(family.user("idva"), person, NOW) == []
    assert [a for _, a in see(family, items=[Item.SAFE_ADDRESS]).addresses] == [LATER]
    told = alarms_for(family.user("idva")).get()
    assert (told.what, told.address_id) == (What.CHANGED, old.pk)
    assert mail_alarm(told.pk, now=NOW)
    assert not mail_alarm(told.pk, now=NOW)
    assert [sent.to for sent in mail.outbox] == [["idva@castlebrook.example"]]
    assert Event.objects.filter(what="vault.safe_address_kept").count() == 2


def test_whoever_cannot_see_an_entry_does_not_end_it(family):
    first = keep_haven(family)
    open_care = Disclosure.objects.filter(origin_id=str(first.pk), origin="address")
    open_care.update(until_at=NOW)
    keep_haven(family, LATER)
    first.refresh_from_db()
    assert first.ended_at is None


def test_records_that_are_joined_keep_both_and_take_the_strictest(family):
    keep_haven(family)
    keep_reach(family)
    other = {
        "id": "m", "role": "victim", "given_name": "Mari", "surname": "Morena",
        "birth_date": "1970-01-01",
    }  # fmt: skip
    family.notify(notification("NM-2", other))
    user = family.user("chair")
    keep_contact(
        person=family.person("Mari").pk, contact=Contact(how="E-mail", never_write=True),
        key=uuid4(), by=user, now=NOW,
    )  # fmt: skip
    join(
        gone=family.person("Mari"), stays=family.person("Maria"), because="the same", by=user,
        now=NOW,
    )  # fmt: skip
    for given in ("Mari", "Maria"):
        renew_doors(family.mention(given).pk, NOW)
    opened = see(family)
    assert [a for _, a in opened.addresses] == [HAVEN]
    assert {c.how for _, c in opened.contacts} == {"Text first", "E-mail"}
    assert all(c.never_write and c.never_leave_message for _, c in opened.contacts)


def test_after_a_join_doors_that_would_not_be_opened_today_are_closed(family):
    kept = keep_haven(family)
    person = family.person("Maria").pk
    User.objects.filter(pk=family.user("deputy").pk).update(name="Daniel Crowe")
    renew_doors(family.mention("Maria").pk, NOW)
    assert may_be_opened(family.user("socialworker"), person, NOW) == []
    assert Print.objects.filter(address=kept, released_at=None).exists()  # and stays protected


def test_an_entry_put_in_the_place_of_another_does_not_open(family):
    one, other = keep_haven(family), keep_haven(family, LATER, person="Leila")
    SafeAddress.objects.filter(pk=other.pk).update(sealed=one.sealed)
    with pytest.raises(NoKey):
        see(family, items=[Item.SAFE_ADDRESS], person="Leila")


def test_nobody_may_keep_one_of_somebody_they_cannot_see_or_of_an_agency_the_rules_do_not_name(
    family,
):
    family.user("outsider").roles = ["practitioner"]
    family.user("health").roles = ["agency_researcher", "practitioner"]
    with pytest.raises(Http404):
        keep_haven(family, by="outsider")
    with pytest.raises(WrongMoment, match="do not let your agency"):
        keep_haven(family, by="health")
    assert not SafeContact.objects.exists()


def test_nothing_that_a_working_day_leaves_in_the_queue_holds_more_than_an_id(family):
    """So a change of an address has nothing to stop: what is sent is made when it is sent."""
    keep_haven(family)
    keep_haven(family, LATER)
    with connection.cursor() as cursor:
        cursor.execute("select distinct task_name, args from procrastinate_jobs")
        jobs = cursor.fetchall()
    assert "mail_alarm" in {name for name, _ in jobs}
    for name, args in jobs:
        held = json.loads(args) if isinstance(args, str) else args
        assert set(held) <= {"subject", "timestamp", "caused_by"}, name
        assert all(isinstance(value, int) for value in held.values()), name
