"""The family picture of a person: who, how related, who lives where; and who is not there."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sightline.audit.models import Read
from sightline.people.commands import Document, Entry, Place, Related, Written, record_sources
from sightline.people.kin import circle, incidents, statements
from sightline.people.linking import link_sources
from sightline.sharing.commands import BY_NAME, Door, disclose
from sightline.sharing.models import Disclosure
from tests.html import problems
from tests.world import DANIEL, HOME, IVY, LEILA, MARIA, NOAH, SAM, UNBORN, notification

pytestmark = pytest.mark.django_db
AT_BROOK_LANE = DANIEL | {"address": HOME}
ROSA = {
    "id": "rosa", "role": "other", "given_name": "Rosa", "surname": "Moreno",
    "birth_date": "1965-02-01", "address": {"lines": "30 Weavers Court", "postcode": "ZZ9 1TG"},
}  # fmt: skip
RELATED = [
    {"a": "maria", "b": "leila", "kind": "mother", "parental_responsibility": True},
    {"a": "maria", "b": "sam", "kind": "mother"},
    {"a": "daniel", "b": "unborn", "kind": "father"},
    {"a": "maria", "b": "unborn", "kind": "mother"},
    {"a": "daniel", "b": "maria", "kind": "partner"},
    {"a": "rosa", "b": "maria", "kind": "mother"},
]
OF_NOAH = [
    {"a": "ivy", "b": "noah", "kind": "mother"}, {"a": "daniel", "b": "noah", "kind": "father"},
    {"a": "daniel", "b": "ivy", "kind": "ex-partner"},
]  # fmt: skip


@pytest.fixture(autouse=True)
def _now(monkeypatch, world):
    for module in ("pathway.views.family", "pathway.views.person", "actions.views.family"):
        monkeypatch.setattr(f"sightline.{module}.now", lambda: world.now)


@pytest.fixture
def two_families(world):
    """Daniel abused Ivy and then Maria; both cases are open."""
    at = {"lines": "3 Tanners Row", "postcode": "ZZ9 7BD"}
    notify(world, 30, "NM-0", IVY, DANIEL | {"address": at}, NOAH, related=OF_NOAH, home=at)
    notify(world, 9, "NM-1", IVY, AT_BROOK_LANE, NOAH, related=OF_NOAH, home=at)
    notify(world, 0, "NM-2", MARIA, AT_BROOK_LANE, LEILA, SAM, UNBORN, ROSA, related=RELATED)
    return world


def notify(world, days, reference, *people, related=(), home=HOME, **more):
    at = world.now - timedelta(days=days)
    body = notification(reference, *people, notified_at=at.isoformat(), **more)
    body["incident"] |= {"started_at": at.isoformat(), "address": home}
    return world.notify(body | {"relationships": list(related)}, now=at)


def family(client, world, name, who="chair", page="person-family"):
    client.force_login(world.user(who))
    return client.get(reverse(page, args=[world.person(name).pk]))


def words(response):
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(unescape(text).split())


def drawn(response):
    return words_of_svg(response.content.decode())


def words_of_svg(html):
    svg = html[html.index('<svg class="app-picture__svg"') : html.index("</svg>")]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", svg)).split())


def restrict(world, name):
    person = world.person(name)
    person.restricted_at, person.restricted_by = world.now, world.user("ig")
    person.save()


def test_a_child_stands_with_whoever_is_said_to_belong_to_it(client, two_families):
    page = family(client, two_families, "Leila")
    for name in ("Leila Moreno", "Sam Moreno", "Maria Moreno", "Daniel Crowe", "Rosa Moreno"):
        assert name in drawn(page)
    assert "Unborn child, due March 2027" in drawn(page)
    shown = words(page)
    assert "Maria Moreno mother of Leila Moreno 20 Nov 2026 Police notification NM-2" in shown
    assert "Parental responsibility: yes." in shown
    assert "Parental responsibility: not known." in shown
    assert "Daniel Crowe partner of Maria Moreno" in shown


def test_what_follows_says_from_what(client, two_families):
    shown = words(family(client, two_families, "Leila"))
    assert "Rosa Moreno grandparent of Leila Moreno" in shown
    assert "Follows from this: Rosa Moreno is named as parent of Maria Moreno" in shown
    assert "sibling or half-sibling of" in shown
    assert "no other parent is shown of" in shown


def test_a_perpetrators_own_picture_spans_both_homes(client, two_families):
    page = family(client, two_families, "Daniel")
    for expected in (
        "Ivy Penrose", "Noah Penrose", "Leila Moreno", "12 Brook Lane", "3 Tanners Row",
        "perpetrator in 2 incidents", "Earlier: Daniel Crowe, last seen 22 Oct 2026",
    ):  # fmt: skip
        assert expected in drawn(page)
    assert "Noah Penrose half-sibling of Unborn child" in words(page)


def test_families_of_one_perpetrator_are_walled_from_each_other(client, two_families):
    of_leila, of_noah = (words(family(client, two_families, name)) for name in ("Leila", "Noah"))
    assert not [word for word in ("Ivy", "Noah", "Penrose", "Tanner") if word in of_leila]
    assert not [word for word in ("Maria", "Leila", "Moreno", "Brook Lane") if word in of_noah]
    assert "Daniel Crowe Seen here" not in of_noah
    assert "Daniel Crowe Address not shown" in of_noah


def test_the_wall_holds_where_the_perpetrator_is_named_as_something_else_too(client, two_families):
    world = two_families
    notify(world, 2, "NM-3", IVY, DANIEL | {"role": "other"}, NOAH)
    assert "Ivy" not in words(family(client, world, "Leila"))


def test_a_home_says_how_often_and_when_somebody_was_seen_there(client, two_families):
    shown = words(family(client, two_families, "Daniel"))
    assert (
        "Daniel Crowe 3 Tanners Row ZZ9 7BD Seen here on 22 Oct 2026; elsewhere since 11 Nov 2026."
        in shown
    )
    assert "Seen here 2 times between 11 Nov 2026 and 20 Nov 2026." in shown


def test_a_superseded_version_counts_no_more(client, world):
    notify(world, 0, "NM-1", MARIA, DANIEL, LEILA,
           related=[{"a": "daniel", "b": "leila", "kind": "father"}])  # fmt: skip
    notify(world, 0, "NM-1", MARIA, DANIEL, LEILA, version=2,
           related=[{"a": "daniel", "b": "leila", "kind": "step father"}])  # fmt: skip
    shown = words(family(client, world, "Leila"))
    assert "Daniel Crowe step-father of Leila Moreno" in shown
    assert "father of Leila" not in shown.replace("step-father of Leila", "")


def test_sources_that_differ_are_both_shown(client, world):
    for days, kind in ((9, "father"), (0, "step father")):
        related = [{"a": "daniel", "b": "leila", "kind": kind}]
        notify(world, days, f"NM-{days}", MARIA, DANIEL, LEILA, related=related)
    page = family(client, world, "Leila")
    assert "Sources differ: also said: Daniel Crowe is step-father of Leila Moreno" in words(page)
    assert "father or step-father?" in drawn(page)


def test_a_kind_nobody_knows_is_shown_as_written(client, world):
    notify(world, 0, "NM-1", MARIA, DANIEL, LEILA, ROSA,
           related=[{"a": "rosa", "b": "maria", "kind": "Landlady"}])  # fmt: skip
    assert "Rosa Moreno landlady of Maria Moreno" in words(family(client, world, "Leila"))


def test_of_a_thin_person_it_says_what_is_not_known(client, world):
    somebody = {"id": "x", "role": "child", "given_name": "Kit"}
    notify(world, 0, "NM-1", MARIA, somebody | {"child": {"presence": "visiting"}},
           related=[{"a": "maria", "b": "x", "kind": "-"}])  # fmt: skip
    shown = words(family(client, world, "Kit"))
    assert "full name, date of birth, where they live" in shown
    assert "related, not said how, to" in shown
    assert "Home not known" in shown


def test_a_family_to_which_nothing_happened_yet_is_the_family_that_a_notification_names(world):
    ada = {
        "role": "child",
        "given_name": "Ada",
        "surname": "Moreno",
        "birth_date": date(2014, 3, 2),
    }
    mother = {k: v for k, v in MARIA.items() if k != "id"} | {"role": "other"}
    mother["birth_date"] = date(1992, 3, 14)
    told = Document(
        "Told by a health visitor", world.now.date(), None,
        [Written(mother, local_id="a"), Written(ada, local_id="b")], [Related("a", "b", "mother")],
        told_of=Place(HOME["lines"], HOME["postcode"]),
    )  # fmt: skip
    link_sources(record_sources([Entry(told)], now=world.now), now=world.now)
    notify(world, 0, "NM-1", MARIA, DANIEL, LEILA, related=RELATED[:1])
    named = circle(world.person("Leila").pk)
    assert world.person("Ada").pk in {n.person for n in named}
    (said, _) = statements(named)
    assert (said.a, said.b, said.source) == (
        world.person("Maria").pk, world.person("Ada").pk, "Told by a health visitor"
    )  # fmt: skip
    assert incidents(named)[0].victims == {world.person("Maria").pk}
    assert len(incidents(named)) == 1


def test_whoever_was_only_named_beside_a_family_is_no_part_of_it(client, world):
    neighbour = {"id": "n", "role": "other", "given_name": "Pat", "surname": "Lowe"}
    notify(world, 0, "NM-1", MARIA, DANIEL, LEILA, neighbour)
    shown = words(family(client, world, "Leila"))
    assert "Maria Moreno" in shown
    assert "Pat Lowe" not in shown


def test_a_relative_who_is_not_disclosed_is_not_there(client, two_families):
    restrict(two_families, "Maria")
    shown = words(family(client, two_families, "Leila"))
    assert "Maria" not in shown
    assert "Rosa" not in shown  # reached through Maria alone
    assert "Sam Moreno" in shown


def test_the_address_of_a_restricted_person_is_said_of_nobody_who_lives_there(client, two_families):
    restrict(two_families, "Maria")
    for name in ("Leila", "Daniel"):
        for page in ("person-family", "person"):
            html = family(client, two_families, name, page=page).content.decode()
            timeline = html.partition("What happened")[0]
            assert "Brook Lane" not in timeline, (name, page)
    assert "Address not shown" in words(family(client, two_families, "Leila"))


def test_an_address_of_a_restricted_person_is_not_drawn_even_for_their_own_worker(client, world):
    notify(world, 0, "NM-1", MARIA, DANIEL, LEILA, related=RELATED[:1])
    restrict(world, "Leila")
    worker, leila = world.user("socialworker"), world.person("Leila")
    door = Door(worker.agency_id, leila.pk, "1", world.now + timedelta(days=5), worker.pk)
    disclose(BY_NAME, [door], by=None, now=world.now)
    assert "12 Brook Lane" not in words(family(client, world, "Leila", "socialworker"))
    page = family(client, world, "Leila", "socialworker", page="person")
    assert "12 Brook Lane" in words(page)  # it was disclosed to them, for this child


@pytest.mark.parametrize(
    ("who", "status"), [("outsider", 404), ("socialworker", 404), ("police", 403), ("chair", 200)]
)
def test_to_whom_the_person_is_not_disclosed_there_is_no_picture(client, two_families, who, status):
    assert family(client, two_families, "Leila", who).status_code == status


def test_nobody_else_is_shown_where_the_household_is_not_disclosed(client, two_families):
    leila = two_families.person("Leila")
    for door in Disclosure.objects.filter(person=leila):
        door.items = ["identity"]
        door.save()
    shown = words(family(client, two_families, "Leila"))
    assert "Not shared with your agency: address and household." in shown
    assert not [word for word in ("Maria", "Sam", "Brook Lane") if word in shown]
    assert "Family picture" not in words(family(client, two_families, "Leila", page="person"))


def test_what_happened_is_needed_to_know_who_abused_whom(client, two_families):
    for door in Disclosure.objects.filter(person=two_families.person("Daniel")):
        door.items = ["identity", "household"]
        door.save()
    shown = words(family(client, two_families, "Leila")).partition("Families of one")[0]
    assert "Daniel Crowe" in shown
    assert "perpetrator in" not in shown
    assert "perpetrator, one incident" not in shown


def test_every_look_at_everybody_shown_is_written_down(client, two_families):
    family(client, two_families, "Leila")
    looked_at = Read.objects.filter(page="person-family").values_list("person", flat=True)
    everybody = ("Leila", "Sam", "Maria", "Daniel", "Rosa", "")
    assert sorted(looked_at) == sorted(str(two_families.person(n).pk) for n in everybody)


def test_the_record_of_a_person_names_the_nearest_and_leads_to_the_picture(client, two_families):
    page = family(client, two_families, "Leila", page="person")
    assert "Maria Moreno : mother of Leila" in words(page)
    assert reverse("person-family", args=[two_families.person("Leila").pk]) in page.content.decode()
    looked_at = set(Read.objects.filter(page="person").values_list("person", flat=True))
    assert str(two_families.person("Maria").pk) in looked_at


def test_the_family_page_of_an_incident_leads_to_the_picture_of_a_child(client, two_families):
    client.force_login(two_families.user("chair"))
    incident = two_families.screening("Leila").incident_id
    page = client.get(reverse("family", args=[incident])).content.decode()
    assert reverse("person-family", args=[two_families.person("Leila").pk]) in page


def test_the_pages_are_valid(client, two_families):
    pages = {
        f"{page}-{name}": family(client, two_families, name, page=page).content.decode()
        for name in ("Leila", "Daniel") for page in ("person-family", "person")
    }  # fmt: skip
    assert problems(pages) == ""


@pytest.mark.parametrize("page", ["person-family", "person"])
def test_the_number_of_queries_does_not_grow_with_the_family(client, world, page):
    notify(world, 0, "NM-1", MARIA, DANIEL, LEILA, related=RELATED[:1])
    family(client, world, "Leila", page=page)
    few = queries_of(client, world, page)
    children = [
        SAM | {"id": f"c{n}", "given_name": name, "nhs_number": ""}
        for n, name in enumerate(("Ada", "Bea", "Cleo", "Dora", "Eve", "Fay", "Gwen", "Hope"))
    ]
    related = [{"a": "maria", "b": child["id"], "kind": "mother"} for child in children]
    for days in range(1, 6):
        notify(world, days, f"NM-E{days}", MARIA, AT_BROOK_LANE, LEILA, ROSA, *children,
               related=[*RELATED, *related])  # fmt: skip
    assert queries_of(client, world, page) == few
    assert "Gwen" in words(family(client, world, "Leila", page="person-family"))


def queries_of(client, world, page):
    with CaptureQueriesContext(connection) as captured:
        assert family(client, world, "Leila", page=page).status_code == 200
    return len(captured)
