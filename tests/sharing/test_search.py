"""Finding people by whatever is known, closed cases too; and who is never found."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from sightline.audit.models import Read, Search
from sightline.people.changes import join
from sightline.people.models import Person, SearchEntry
from sightline.people.reading import refresh_persons
from sightline.people.undoing import undo
from sightline.sharing.closed import closed_persons
from sightline.sharing.found import shown
from sightline.sharing.models import Disclosure, Item, Origin
from sightline.sharing.queries import may_see
from sightline.sharing.searching import search
from tests.world import DANIEL, IVY, LEILA, MARIA, NOAH, notification

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(days=100)  # after the doors of 90 days have closed
WHY = "their health visitor rang about them"


def names(world, line, local="chair", *, after=timedelta(0)):
    """Return the names of the first results, best first."""
    results = search(line, by=world.user(local), page="people", now=world.now + after)
    return [found.name for found in shown(results.hits, world.now + after)]


def because(world, line):
    results = search(line, by=world.user("chair"), page="people", now=world.now)
    return "; ".join(results.hits[0].score.because)


@pytest.mark.parametrize(
    ("line", "who", "why"),
    [
        ("moreno leila 9.5.17", "Leila Moreno", "birth date; surname; first name"),
        ("leyla 2017", "Leila Moreno", "first name in another spelling"),
        ("Layla 05/09/2017", "Leila Moreno", "birth date with day and month swapped"),
        ("leila 09/05/2007", "Leila Moreno", "birth date with one digit off"),
        ("mor leila", "Leila Moreno", "surname begins with it"),
        ("morena leila", "Leila Moreno", "surname with a slip of the pen"),
        ("crow daniel", "Daniel Crowe", "surname in another spelling"),
        ("danny crowe", "Daniel Crowe", "first name in another spelling"),
        ("nm 448812", "Daniel Crowe", "number or reference"),
        ("07700900123", "Maria Moreno", "telephone"),
        ("0123 moreno", "Maria Moreno", "last digits of the telephone"),
        ("999 000 0026", "Leila Moreno", "number or reference"),
        ("ZZ9 4QT sam", "Sam Moreno", "postcode"),
        ("ZZ9 sam", "Sam Moreno", "postcode district"),
        ("12 Brook Ln Sam", "Sam Moreno", "address"),
        ("sam aged 4", "Sam Moreno", "year of birth"),
        ("sam 01/2022", "Sam Moreno", "month of birth"),
        ("moreno s 2022", "Sam Moreno", "initial"),
        ("crown", "Daniel Crowe", "surname with a slip of the pen"),
    ],
)
def test_somebody_is_found_first_and_it_is_said_why(world, line, who, why):
    world.earlier(20, "NM-0", IVY, NOAH)
    world.notify(notification())
    assert names(world, line)[0] == who
    assert why in because(world, line)


def test_an_unborn_child_has_no_other_name(world):
    world.notify(notification())
    results = search("ZZ9 4QT", by=world.user("chair"), page="people", now=world.now)
    found = {one.name: one.other_names for one in shown(results.hits, world.now)}
    assert found["Unborn child, due March 2027"] == ""


def test_an_earlier_surname_finds_and_says_so(world):
    world.earlier(40, "NM-0", MARIA | {"surname": "Figueroa"}, DANIEL)
    world.notify(notification())
    assert names(world, "maria figueroa")[0] == "Maria Moreno"
    assert "earlier surname" in because(world, "maria figueroa")


def test_whoever_fits_everything_comes_before_whoever_fits_less(world):
    world.notify(notification())
    found = names(world, "moreno leila 2017")
    assert found[0] == "Leila Moreno"
    assert set(found[1:]) >= {"Maria Moreno", "Sam Moreno"}


def test_the_number_of_queries_does_not_grow_with_who_is_found(world, django_assert_num_queries):
    def count():
        with django_assert_num_queries(9, exact=False) as asked:
            names(world, "moreno")
        return len(asked)

    world.notify(notification())
    few = count()
    called_moreno(world, FORENAMES[:10])
    assert len(names(world, "moreno")) > 10
    assert count() <= few


def test_nobody_is_found_by_an_address_that_is_not_open(world):
    world.notify(notification())
    Disclosure.objects.update(items=[Item.IDENTITY])
    assert names(world, "12 Brook Lane") == []
    assert names(world, "07700900123") == []
    assert names(world, "LOG-NM-1") == []
    assert names(world, "leila") == ["Leila Moreno"]


def test_nobody_is_found_by_the_home_of_somebody_whom_the_reader_may_not_find(world):
    world.notify(notification())
    sam = Person.objects.filter(pk=world.person("Sam").pk)
    sam.update(restricted_at=world.now, restricted_by=world.user("ig"), restricted_because="Told.")
    assert names(world, "12 Brook Lane") == names(world, "ZZ9 4QT") == []
    assert names(world, "leila brook lane") == ["Leila Moreno"]
    assert because(world, "leila brook lane") == "first name"


def test_who_was_joined_is_found_once_and_by_both_names(world):
    world.earlier(30, "NM-0", IVY | {"given_name": "Ursula", "surname": "Penhaligon"}, DANIEL)
    world.notify(notification("NM-1", MARIA, LEILA))
    ursula, maria, chair = world.person("Ursula"), world.person("Maria"), world.user("chair")
    assert names(world, "ursula penhaligon") == ["Ursula Penhaligon"]
    change = join(gone=ursula, stays=maria, because="her passport", by=chair, now=world.now)
    assert names(world, "ursula penhaligon") == ["Maria Moreno"]
    undo(change=change, because="it was her sister's", by=chair, now=world.now)
    assert names(world, "ursula penhaligon") == ["Ursula Penhaligon"]


def test_what_people_are_found_by_is_what_their_mentions_say(world):
    world.earlier(30, "NM-0", MARIA, DANIEL, LEILA)
    world.notify(notification())
    before = dict(SearchEntry.objects.values_list("person", "terms"))
    refresh_persons(before)
    assert dict(SearchEntry.objects.values_list("person", "terms")) == before
    assert len(before) == 5


def test_terms_and_results_are_logged_and_only_who_was_shown(client, world, monkeypatch):
    world.notify(notification())
    monkeypatch.setattr("sightline.sharing.views.people.now", lambda: world.now)
    client.force_login(world.user("chair"))
    page = client.post(reverse("people-search"), {"q": "leyla zzyzx"}).content.decode()
    assert "Nothing on record is like “zzyzx”" in page
    assert "First name in another spelling" in page
    made = Search.objects.get()
    assert (made.terms, made.found) == ("leyla zzyzx", 1)
    assert set(Read.objects.values_list("person", flat=True)) == {str(world.person("Leila").pk)}


def test_an_empty_search_says_what_to_enter(client, world):
    client.force_login(world.user("chair"))
    page = client.post(reverse("people-search"), {"q": ""}).content.decode()
    assert "Enter a name, a date of birth, a number or an address" in page
    assert not Search.objects.exists()


FORENAMES = (
    "Agnes", "Beth", "Chloe", "Dawn", "Esther", "Fay", "Gwen", "Hazel", "Iris", "Jodie", "Kerry",
    "Lorna", "Mabel", "Nadia", "Olga", "Paula", "Queenie", "Rosa", "Sybil", "Tess", "Uma", "Vera",
    "Wanda", "Xenia", "Yvette", "Zara", "Bronwyn",
)  # fmt: skip


def called_moreno(world, forenames):
    """Have notifications name so many women of one surname, who are nobody known."""
    for number, name in enumerate(forenames):
        other = MARIA | {"given_name": name, "nhs_number": "", "phone": ""}
        world.earlier(number + 1, f"NM-9{number}", other | {"birth_date": f"{1960 + number}-03-04"})


def test_results_are_paged_by_post(client, world, monkeypatch):
    called_moreno(world, FORENAMES)
    monkeypatch.setattr("sightline.sharing.views.people.now", lambda: world.now)
    client.force_login(world.user("chair"))
    first = client.post(reverse("people-search"), {"q": "moreno"}).content.decode()
    second = client.post(reverse("people-search"), {"q": "moreno", "page": "2"}).content.decode()
    assert "Page 1 of 2" in first
    assert "Page 2 of 2" in second
    shown = [sum(f">{name} Moreno<" in page for name in FORENAMES) for page in (first, second)]
    assert shown == [25, 2]


@pytest.fixture
def closed(world):
    """Leila's case, closed: the doors of her notification have ended."""
    world.notify(notification())
    return world.person("Leila")


def test_a_closed_case_is_found_by_those_who_may_look_again(world, closed):
    assert names(world, "leila moreno", after=LONG_AGO)[0] == "Leila Moreno"
    assert names(world, "leila moreno", "administrator", after=LONG_AGO)[0] == "Leila Moreno"


@pytest.mark.parametrize("local", ["health", "outsider", "socialworker", "manager"])
def test_nobody_else_finds_a_closed_case(world, closed, local):
    assert names(world, "leila moreno", local, after=LONG_AGO) == []


def test_a_closed_case_is_not_found_by_address_telephone_or_log(world, closed):
    for line in ("12 Brook Lane", "ZZ9 4QT", "07700 900123", "LOG-NM-1"):
        assert names(world, line, after=LONG_AGO) == []


def test_a_restricted_person_is_not_found_closed_or_open(world, closed):
    closed.restricted_at, closed.restricted_by = world.now, world.user("ig")
    closed.save()
    for after in (timedelta(0), LONG_AGO):
        assert "Leila Moreno" not in names(world, "leila moreno", after=after)


def test_a_name_taken_after_the_case_closed_finds_nobody(world, closed):
    later = world.now + LONG_AGO
    moved = LEILA | {"surname": "Valverde"}
    body = notification("NM-7", moved, notified_at=later.isoformat())
    world.notify(body, now=later, history=True)
    assert world.person("Leila") == closed
    assert names(world, "valverde", after=LONG_AGO) == []
    assert names(world, "leila moreno", after=LONG_AGO)[0] == "Leila Moreno"


def test_who_was_never_open_to_an_agency_is_never_a_closed_case(world):
    world.notify(notification(), history=True)
    assert not closed_persons(world.user("chair"), world.now + LONG_AGO).exists()


def test_a_closed_case_opens_with_a_reason_for_a_day(client, world, closed, monkeypatch):
    later = world.now + LONG_AGO
    for module in ("sharing.views.people", "pathway.views.person"):
        monkeypatch.setattr(f"sightline.{module}.now", lambda: later)
    chair = world.user("chair")
    client.force_login(chair)
    found = client.post(reverse("people-search"), {"q": "leila moreno"}).content.decode()
    address = reverse("closed-case", args=[closed.pk])
    assert address in found
    assert "Closed 18 Feb 2027" in found
    assert client.get(reverse("person", args=[closed.pk])).status_code == 404
    key = re.search(r'name="key" value="([^"]+)"', client.get(address).content.decode())[1]
    assert "Say why you need" in client.post(address, {"key": key}).content.decode()
    for _ in range(2):  # a double click
        assert client.post(address, {"key": key, "reason": WHY}).status_code == 302
    door = Disclosure.objects.get(origin=Origin.ENQUIRY)
    assert (door.decided_by, door.agency_id) == (chair, chair.agency_id)
    assert WHY in door.reason
    assert client.get(reverse("person", args=[closed.pk])).status_code == 200
    assert not may_see(chair, closed, Item.HOUSEHOLD, later).allowed
    assert not may_see(chair, closed, Item.IDENTITY, later + timedelta(hours=25)).allowed


def test_the_page_of_a_closed_case_does_not_exist_for_others(client, world, closed, monkeypatch):
    address = reverse("closed-case", args=[closed.pk])
    monkeypatch.setattr("sightline.sharing.views.people.now", lambda: world.now)
    client.force_login(world.user("chair"))
    assert client.get(address).status_code == 404  # the case is open: there is nothing to open
    monkeypatch.setattr("sightline.sharing.views.people.now", lambda: world.now + LONG_AGO)
    client.force_login(world.user("health"))
    assert client.get(address).status_code == 403
