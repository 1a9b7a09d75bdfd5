"""A family new to the area: looked for first, recorded once, and enriched by what comes later."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from sightline.audit.models import Event, Search
from sightline.intake.models import Contact
from sightline.pathway.stages import renew_doors
from sightline.people.models import Incident, Mention, Person, Relationship, Residence
from sightline.screening.models import Screening
from sightline.sharing.found import shown
from sightline.sharing.models import Disclosure, Item
from sightline.sharing.queries import may_see, visible_persons
from sightline.sharing.searching import search
from tests.world import HOME, LEILA, MARIA, notification

pytestmark = pytest.mark.django_db
NEW, DETAILS = "/families/new/", "/families/new/details/"
FAMILY = {"people": "Maria Moreno 14/03/1992\nLeila Moreno 2017", "address": HOME["lines"]}


@pytest.fixture
def clerk(client, world, monkeypatch):
    """The administrator, at the world's time."""
    for module in ("intake.views.contacts", "pathway.views.person", "sharing.views.people"):
        monkeypatch.setattr(f"sightline.{module}.now", lambda: world.now)
    client.force_login(world.user("administrator"))
    return client


def begin(client, first):
    """Search, say that it is none of these, and return the key of the form."""
    client.post(NEW, first | {"postcode": ""})
    page = client.post(DETAILS, first | {"begin": "1", "postcode": ""}).content.decode()
    return re.search(r'name="key" value="([^"]+)"', page)[1]


def details(key, *members, **said):
    form = {
        "key": key, "address": HOME["lines"], "postcode": HOME["postcode"],
        "told_by": "Health visitor, met them at home",
        "member-TOTAL_FORMS": len(members), "member-INITIAL_FORMS": len(members),
    }  # fmt: skip
    for number, member in enumerate(members):
        form |= {f"member-{number}-{name}": value for name, value in member.items()}
    return form | said


MOTHER = {
    "given_name": "Maria", "surname": "Moreno", "born-day": "14", "born-month": "3",
    "born-year": "1992", "role": "other", "to_children": "mother", "sex": "F",
}  # fmt: skip
CHILD = {"given_name": "Leila", "surname": "Moreno", "age": "9", "role": "child"}


def test_straight_to_the_form_leads_to_the_search(clerk):
    begun = FAMILY | {"begin": "1", "postcode": ""}
    for answer in (clerk.get(DETAILS, follow=True), clerk.post(DETAILS, begun, follow=True)):
        assert answer.redirect_chain == [(NEW, 302)]
        assert "Search for the family first" in answer.content.decode()


def test_a_family_is_recorded_with_what_is_known_and_opened_to_the_team(clerk, world):
    key = begin(clerk, FAMILY)
    answer = clerk.post(DETAILS, details(key, MOTHER, CHILD, more_children="1"))
    contact = Contact.objects.get()
    assert answer["Location"] == reverse("contact", args=[contact.pk])
    mentions = Mention.objects.filter(source=contact.source).order_by("position")
    assert [m.name for m in mentions] == ["Maria Moreno", "Leila Moreno", "Name not known"]
    assert contact.source.incident is None
    assert Relationship.objects.get().kind == "mother"
    assert Residence.objects.count() == 3
    for local in ("administrator", "health"):
        assert visible_persons(world.user(local), world.now).count() == 3
    assert not may_see(world.user("health"), world.person("Leila"), Item.VOICE, world.now).allowed
    assert not visible_persons(world.user("outsider"), world.now).exists()
    shown = clerk.get(answer["Location"]).content.decode()
    assert "Family at 12 Brook Lane" in shown
    assert "Health visitor, met them at home" in shown
    person = clerk.get(reverse("person", args=[world.person("Leila").pk])).content.decode()
    assert "The team was told of the family" in person


def test_the_form_begins_with_what_was_searched_for(clerk):
    clerk.post(NEW, FAMILY | {"postcode": ""})
    page = clerk.post(DETAILS, FAMILY | {"begin": "1", "postcode": ""}).content.decode()
    for name, value in (("0-given_name", "Maria"), ("0-born-year", "1992"), ("1-age", "9")):
        assert re.search(rf'name="member-{name}"[^>]*value="{value}"', page), name


def test_a_double_click_makes_one_record(clerk):
    key = begin(clerk, FAMILY)
    places = {clerk.post(DETAILS, details(key, MOTHER, CHILD))["Location"] for _ in range(2)}
    assert len(places) == Contact.objects.count() == 1
    assert Person.objects.count() == 2


def test_nobody_is_recorded_who_was_not_looked_for(clerk):
    key = begin(clerk, FAMILY)
    stranger = CHILD | {"given_name": "Asha", "surname": "Begum"}
    page = clerk.post(DETAILS, details(key, MOTHER, stranger)).content.decode()
    assert "Nobody has searched for this name" in page
    assert not Contact.objects.exists()


def test_a_search_holds_for_half_an_hour_and_for_its_own_session(clerk, world, monkeypatch):
    key = begin(clerk, FAMILY)
    later = world.now + timedelta(minutes=31)
    monkeypatch.setattr("sightline.intake.views.contacts.now", lambda: later)
    assert "Nobody has searched" in clerk.post(DETAILS, details(key, CHILD)).content.decode()
    monkeypatch.setattr("sightline.intake.views.contacts.now", lambda: world.now)
    clerk.logout()
    clerk.force_login(world.user("chair"))
    assert "Nobody has searched" in clerk.post(DETAILS, details(key, CHILD)).content.decode()
    assert not Contact.objects.exists()


def test_no_name_is_kept_in_the_session(clerk):
    begin(clerk, FAMILY)
    assert "oreno" not in str(dict(clerk.session))
    assert Search.objects.filter(page="family-new").count() == 3


def test_a_household_of_whom_no_name_is_known_is_a_thin_record(clerk, world):
    first = {"people": "", "address": HOME["lines"]}
    key = begin(clerk, first)
    clerk.post(DETAILS, details(key))
    person = Person.objects.get()
    assert person.name == "Name not known"
    family = clerk.get(reverse("person-family", args=[person.pk])).content.decode()
    assert "Family of somebody whose name is not known" in family
    results = search("brook lane", by=world.user("chair"), page="people", now=world.now)
    assert [hit.person_id for hit in results.hits] == [person.pk]


def test_of_a_nameless_family_the_address_must_have_been_looked_for(clerk):
    key = begin(clerk, {"people": "", "address": "3 Other Street"})
    page = clerk.post(DETAILS, details(key)).content.decode()
    assert "Search for this address first" in page
    assert not Contact.objects.exists()


def test_something_to_look_for_is_asked_for(clerk):
    page = clerk.post(NEW, {"people": "", "address": ""}).content.decode()
    assert "Enter a name or an address to look for" in page


def test_who_is_known_already_is_offered(clerk, world):
    world.notify(notification())
    page = clerk.post(NEW, FAMILY | {"postcode": ""}).content.decode()
    assert reverse("person", args=[world.person("Leila").pk]) in page
    assert "None of these: record the family" in page


def test_a_notification_that_names_them_later_joins_and_enriches_them(clerk, world):
    key = begin(clerk, FAMILY)
    clerk.post(DETAILS, details(key, MOTHER, CHILD | {"born-day": "9", "born-month": "5",
                                                      "born-year": "2017", "age": ""}))  # fmt: skip
    thin = {name: world.person(name).pk for name in ("Maria", "Leila")}
    later = world.now + timedelta(days=10)
    world.notify(notification("NM-5", notified_at=later.isoformat()), now=later)
    assert {name: world.person(name).pk for name in thin} == thin
    assert world.person("Leila").sex == "F"
    results = search("9990000026", by=world.user("chair"), page="people", now=later)
    assert [hit.person_id for hit in results.hits] == [thin["Leila"]]
    assert may_see(world.user("health"), thin["Leila"], Item.VOICE, later).allowed


def test_a_family_that_was_told_of_is_no_incident(clerk, world):
    key = begin(clerk, FAMILY)
    clerk.post(DETAILS, details(key, MOTHER, CHILD))
    assert not Incident.objects.exists()
    assert not Screening.objects.exists()
    world.notify(notification("NM-5", MARIA, LEILA))
    hit = search("leila moreno", by=world.user("chair"), page="people", now=world.now).hits[0]
    assert shown([hit], world.now)[0].notifications == "1 notification"


def test_who_is_joined_later_is_opened_to_the_team_too(clerk, world):
    key = begin(clerk, FAMILY)
    clerk.post(DETAILS, details(key, CHILD))
    Disclosure.objects.all().delete()
    renew_doors(world.mention("Leila").pk, world.now)
    assert may_see(world.user("health"), world.person("Leila"), Item.IDENTITY, world.now).allowed


@pytest.mark.parametrize("local", ["health", "police", "manager", "keyadult1"])
def test_only_the_screening_teams_own_may_record(client, world, local):
    client.force_login(world.user(local))
    for address in (NEW, DETAILS, "/families/recorded/1/"):
        assert client.get(address).status_code == 403


def test_a_record_of_people_who_are_not_open_does_not_exist(clerk, world):
    key = begin(clerk, FAMILY)
    page = clerk.post(DETAILS, details(key, CHILD))["Location"]
    assert clerk.get(page).status_code == 200
    Disclosure.objects.update(until_at=world.now)
    assert clerk.get(page).status_code == 404
    assert Event.objects.filter(what="family.recorded").count() == 1
