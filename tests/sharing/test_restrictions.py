"""Restricted records: by name, never to colleagues of the person, every look noticed."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404
from django.urls import reverse

from sightline.common.errors import NotUnderstood
from sightline.common.wall import Actor, Purpose, acting
from sightline.people.changes import join
from sightline.people.models import KeptFrom
from sightline.people.undoing import undo
from sightline.sharing.commands import BY_NAME, Door, disclose
from sightline.sharing.models import Caution, Disclosure, Item, Origin
from sightline.sharing.noticing import count_for, notice_looks
from sightline.sharing.queries import may_see, person_or_404, visible_persons
from sightline.sharing.restricting import Whom, lift, restrict, restricted_or_404, unname
from sightline.sharing.searching import search
from tests.world import DANIEL, IVY, NOAH, NOW, notification

pytestmark = pytest.mark.django_db
BECAUSE = "a social worker of the team is her aunt"


@pytest.fixture
def told(world):
    world.notify(notification())
    return world


def closed(world, name="Leila", **whom):
    person = world.person(name)
    by = world.user("ig")
    return restrict(person_id=person.pk, because=BECAUSE, whom=Whom(**whom), by=by, now=NOW)


def sees(world, local, person, item=Item.VOICE):
    return may_see(world.user(local), person, item, NOW).allowed


def found(world, local):
    results = search("leila moreno", by=world.user(local), page="t", now=NOW)
    return {hit.person_id for hit in results.hits}


def test_only_who_is_named_sees_it_and_existence_is_hidden_from_all_others(told):
    leila = closed(told, named=[told.user("health")])
    assert sees(told, "health", leila)
    for local in ("chair", "administrator", "deputy", "socialworker"):
        user = told.user(local)
        with pytest.raises(Http404):
            person_or_404(user, leila.pk, page="person", now=NOW)
        assert leila not in visible_persons(user, NOW)
    assert leila.pk not in found(told, "chair")
    assert leila.pk in found(told, "health")


def test_a_door_by_name_ends_by_itself_and_can_be_closed(told):
    health = told.user("health")
    leila = closed(told, named=[health])
    assert not may_see(health, leila, Item.VOICE, NOW + timedelta(days=90)).allowed
    for _ in range(2):
        unname(person=leila, user=health, by=told.user("ig"), now=NOW)
    assert not sees(told, "health", leila)


def test_a_colleague_of_the_person_sees_nothing_through_any_door(told):
    school = told.cast.schools["900001"].agency
    assert sees(told, "keyadult1", told.person("Leila"), Item.INCIDENT)
    leila = closed(told, kept_agencies=[school], kept_users=[told.user("chair")])
    assert not sees(told, "keyadult1", leila, Item.INCIDENT)
    with pytest.raises(NotUnderstood, match="kept from"):
        closed(told, named=[told.user("chair")])
    closed(told, named=[told.user("deputy")])
    closed(told, kept_users=[told.user("deputy")])  # kept from it later: the door shuts
    assert not sees(told, "deputy", leila)
    assert KeptFrom.objects.count() == 3


def test_every_look_is_noticed_and_counted_until_somebody_has_seen_it(told):
    leila = closed(told, named=[told.user("health")])
    for _ in range(3):
        person_or_404(told.user("health"), leila.pk, page="person", now=NOW)
    person_or_404(told.user("chair"), told.person("Sam").pk, page="person", now=NOW)
    caution = Caution.objects.get()
    assert (caution.times, caution.person, caution.by) == (
        3, str(leila.pk), str(told.user("health").pk),
    )  # fmt: skip
    assert (count_for(told.user("ig")), count_for(told.user("chair"))) == (1, 0)


def test_a_second_look_is_counted_for_whoever_may_not_see_that_the_first_was_noticed(told):
    health, leila = told.user("health"), told.person("Leila")
    reader = Actor(Purpose.READING, user=health.pk, outside=connection.blocks)
    with acting(reader):
        for _ in range(2):
            notice_looks({leila.pk: "by name"}, by=health, page="person", now=NOW)
        assert not Caution.objects.exists()
    assert Caution.objects.get().times == 2


def test_a_door_that_has_ended_is_not_opened(told):
    health, leila = told.user("health").agency_id, told.person("Leila").pk
    ended = Door(health, leila, "1", NOW - timedelta(days=1))
    disclose(BY_NAME, [ended, ended._replace(origin_id="2", until=NOW)], by=None, now=NOW)
    assert list(Disclosure.objects.filter(origin=Origin.NAMED).values_list("origin_id")) == [("2",)]


def test_joining_keeps_the_strictest_and_taking_it_back_lets_in_again(told):
    told.earlier(400, "NM-0", IVY, DANIEL, NOAH)
    chair, kept = told.user("chair"), told.user("administrator")
    leila, noah = closed(told, kept_users=[kept]), told.person("Noah")
    change = join(gone=noah, stays=leila, because="one child", by=chair, now=NOW)
    one = told.person("Leila")
    assert one == told.person("Noah")
    assert one.restricted_at is not None
    assert one.kept_from.get(ended_at=None).user == kept
    undo(change=change, because="two children", by=chair, now=NOW)
    other = told.person("Noah")
    assert other.restricted_at is None
    assert not other.kept_from.filter(ended_at=None).exists()
    assert told.person("Leila").kept_from.filter(ended_at=None).count() == 1


def test_lifting_it_opens_it_again_to_whoever_has_a_door(told):
    leila = closed(told, named=[told.user("health")], kept_users=[told.user("chair")])
    ig = told.user("ig")
    with pytest.raises(NotUnderstood):
        lift(person_id=leila.pk, because="so", by=ig, now=NOW)
    for _ in range(2):
        lift(person_id=leila.pk, because="she moved to another team", by=ig, now=NOW)
    assert sees(told, "chair", leila)
    with pytest.raises(Http404):
        restricted_or_404(leila.pk)


def test_only_the_lead_restricts_with_a_reason_and_not_for_themselves(told):
    leila, ig = told.person("Leila"), told.user("ig")
    with pytest.raises(PermissionDenied):
        restrict(person_id=leila.pk, because=BECAUSE, whom=Whom(), by=told.user("chair"), now=NOW)
    for because, whom in (
        ("", Whom()),
        (BECAUSE, Whom([ig])),
        (BECAUSE, Whom([told.user("manager")])),
    ):
        with pytest.raises(NotUnderstood):
            restrict(person_id=leila.pk, because=because, whom=whom, by=ig, now=NOW)


def test_from_the_page_to_the_look_that_somebody_has_seen(told, client, monkeypatch):
    monkeypatch.setattr("sightline.sharing.views.restrictions.now", lambda: NOW)
    client.force_login(told.user("ig"))
    person, chair, health = told.person("Leila"), told.user("chair"), told.user("health")
    sent = {"number": "999 000 0026", "because": BECAUSE, "named": health.email,
            "kept_users": chair.email}  # fmt: skip
    client.post(reverse("restriction-new"), sent)
    shown = client.get(reverse("restriction", args=[person.pk])).content.decode()
    for words in (BECAUSE, health.name, chair.name):
        assert words in shown
    assert "Leila" not in shown
    bad = client.post(reverse("restriction", args=[person.pk]), {"named": "x@nowhere.example"})
    assert "Nobody signs in with x@nowhere.example" in bad.content.decode()
    person_or_404(health, person.pk, page="person", now=NOW)
    looks = client.get(reverse("restricted-looks")).content.decode()
    assert health.name in looks
    client.post(reverse("restricted-look", args=[Caution.objects.get().pk]), {"done": "her case"})
    assert Caution.objects.get().seen_by == told.user("ig")
    end = reverse("restriction-end", args=[person.pk])
    client.post(end, {"kept": KeptFrom.objects.get().pk})
    client.post(end, {"named": health.pk})
    assert not sees(told, "health", person)
    client.post(end, {"because": "she moved to another team"})
    assert client.get(end).status_code == 404
    assert f"Person {person.pk}" not in client.get(reverse("restrictions")).content.decode()
