"""May I tell...? The answer with its reason, and the decision that opens exactly what it says."""

from uuid import uuid4

import pytest
from django.urls import reverse

from sightline.access.models import Agency, AgencyKind
from sightline.audit.models import Event, Read
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.pathway.stages import renew_doors
from sightline.people.changes import split
from sightline.people.models import Person
from sightline.rules.sharing.deciding import Given
from sightline.rules.sharing.parts import Matter, Recipient
from sightline.sharing.models import Disclosure, Item, Origin, Telling
from sightline.sharing.queries import may_see
from sightline.sharing.telling import Wondering, decide_telling
from tests import html
from tests.world import DANIEL, LEILA, MARIA, notification

ASKED = {"matter": "incident", "to": "housing", "agreed": "not_asked"}


@pytest.fixture
def family(world, monkeypatch):
    monkeypatch.setattr("sightline.pathway.views.telling.now", lambda: world.now)
    world.notify(notification())
    return world


@pytest.fixture
def leila(family):
    """Leila at scale 3, as a screening has left her."""
    screening = family.screening("Leila")
    screening.scale, screening.scale_set_at = 3, family.now
    screening.scale_set_by = family.user("chair")
    screening.save()
    return family.person("Leila")


@pytest.fixture
def housing(family):
    return Agency.objects.filter(kind=AgencyKind.HOUSING).first() or Agency.objects.create(
        name="Castlebrook Homes", kind=AgencyKind.HOUSING
    )


def ask(client, person, **posted):
    return client.post(
        reverse("may-i-tell", args=[person.pk]), ASKED | {"key": uuid4()} | posted, follow=True
    )


def wondering(world, matter="incident", to="housing", **facts):
    facts = {"scale": 3} | facts
    return Wondering(world.mention("Leila"), Matter(matter), Recipient(to), **facts)


def decide(world, asked, *, by="chair", **said):
    given = {"told": True, "agency": None, "because": "", "key": uuid4()} | said
    return decide_telling(wondering=asked, by=world.user(by), now=world.now, **given)


def test_three_kinds_of_consent_are_three_fields_and_one_alone_is_agreement(client, leila, family):
    client.force_login(family.user("chair"))
    others = {"treatment": "yes", "data_consent": "no"}
    page = ask(client, leila, to="early_help", matter="incident", **others).content.decode()
    assert "The rules say: <strong" in page
    for words in ("Not yet", "Consent to treatment is about", "not the ground here"):
        assert words in page
    assert html.problems({"three": page}) == ""
    page = ask(client, leila, to="early_help", matter="incident", agreed="yes", **others)
    assert "Yes, " in page.content.decode()
    ask(client, leila, to="early_help", matter="incident", agreed="yes", decide="tell", **others)
    kept = Telling.objects.get()
    assert (kept.agreed, kept.treatment, kept.data_consent) == ("yes", "yes", "no")
    ask(client, leila, decide="do_not_tell", because="They move out on Monday.")
    kept = Telling.objects.latest("pk")
    assert (kept.agreed, kept.treatment, kept.data_consent) == ("not_asked",) * 3


def test_the_answer_comes_with_its_reason_rule_and_limits(client, leila, family):
    client.force_login(family.user("chair"))
    page = ask(client, leila, to="school", matter="voice").content.decode()
    for words in ("Yes, a summary", "SH-02, sharing 2026.1", "s.49A", "Do not contact the parents"):
        assert words in page


def test_asking_writes_nothing_but_the_look(client, leila, family):
    client.force_login(family.user("chair"))
    ask(client, leila, to="school")
    assert not Telling.objects.exists()
    assert Read.objects.filter(page="may-i-tell", person=str(leila.pk)).exists()


def test_telling_an_agency_opens_exactly_that(client, leila, family, housing):
    client.force_login(family.user("chair"))
    said = {"agreed": "yes", "agency": housing.pk, "decide": "tell", "key": uuid4()}
    for _ in range(2):  # a double click
        assert "Recorded: told." in ask(client, leila, **said).content.decode()
    telling = Telling.objects.get()
    assert (telling.row, telling.verdict, telling.told) == ("SH-26", "share", True)
    door = Disclosure.objects.get(origin=Origin.TOLD)
    assert (door.agency, door.person, door.level) == (housing, leila, "summary")
    assert set(door.items) == {Item.IDENTITY, Item.INCIDENT}
    assert Event.objects.filter(what="sharing.decided").count() == 1


def test_not_telling_is_kept_with_the_same_care(leila, family):
    decided = decide(
        family, wondering(family, to="school", detrimental="His aunt works there"), told=False
    )
    assert (decided.told, decided.verdict, decided.detrimental) == (
        False, "do_not_share", "His aunt works there",
    )  # fmt: skip
    assert not Disclosure.objects.filter(origin=Origin.TOLD).exists()


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"to": "school"}, False),  # the rules say yes
        ({"to": "housing"}, True),  # they say: ask first
        ({"to": "housing", "agreed": Given.NO}, True),  # they say no: agreement was refused
    ],
)
def test_to_decide_otherwise_than_the_rules_needs_a_reason(leila, family, asked, told):
    with pytest.raises(NotUnderstood, match="Say in a sentence why"):
        decide(family, wondering(family, **asked), told=told)
    reason = "Police ask us to wait until he is arrested tonight."
    assert decide(family, wondering(family, **asked), told=told, because=reason).because == reason


@pytest.mark.parametrize(("matter", "to"), [("incident", "perpetrator"), ("health", "school")])
def test_what_may_never_be_told_is_not_told_for_any_reason(leila, family, matter, to):
    with pytest.raises(WrongMoment, match="may not be told"):
        decide(family, wondering(family, matter, to), because="I really think so, all the same.")
    assert not Telling.objects.exists()


def test_an_agency_of_another_kind_is_refused(leila, family):
    with pytest.raises(NotUnderstood, match="is not who was asked about"):
        decide(
            family, wondering(family, to="housing", agreed=Given.YES),
            agency=family.cast.agencies["care"],
        )  # fmt: skip


def test_only_the_schools_that_were_told_of_the_child_are_offered(client, leila, family):
    client.force_login(family.user("chair"))
    page = ask(client, leila, to="school").content.decode()
    assert "Brook Lane Primary School, in Sightline" in page
    assert "Castlebrook High School" not in page


def test_a_child_that_is_not_open_to_me_does_not_exist(client, leila, family):
    client.force_login(family.user("outsider"))
    assert client.get(reverse("may-i-tell", args=[leila.pk])).status_code == 404
    client.force_login(family.user("chair"))
    maria = family.person("Maria")
    assert client.get(reverse("may-i-tell", args=[maria.pk])).status_code == 404


def test_the_door_follows_the_child_when_a_link_is_corrected(leila, family, housing):
    telling = decide(family, wondering(family, agreed=Given.YES), agency=housing)
    family.earlier(30, "NM-0", MARIA, DANIEL, LEILA)  # what stays hers
    split(
        person=leila, mentions=[telling.mention_id], because="Another girl of that name.",
        by=family.user("chair"), now=family.now,
    )  # fmt: skip
    renew_doors(telling.mention_id, family.now)
    doors = Disclosure.objects.filter(origin=Origin.TOLD, until_at__gt=family.now)
    assert [door.person for door in doors] == [
        Person.objects.get(links__mention=telling.mention, links__ended_at=None)
    ]
    assert doors[0].person != leila


def test_the_page_is_valid_before_and_after_asking(client, leila, family):
    client.force_login(family.user("chair"))
    pages = {
        "empty": client.get(reverse("may-i-tell", args=[leila.pk])),
        "yes": ask(client, leila, to="school"),
        "no": ask(client, leila, to="perpetrator"),
        "first": ask(client, leila, to="other_area"),
        "nothing": client.post(reverse("may-i-tell", args=[leila.pk]), {}),
    }
    assert html.problems({name: page.content.decode() for name, page in pages.items()}) == ""


def test_what_was_opened_may_be_seen_by_its_rule_only(leila, family, housing):
    decide(family, wondering(family, agreed=Given.YES), agency=housing)
    user = family.user("chair")
    user.agency, user.roles = housing, ["practitioner"]
    assert may_see(user, leila, Item.INCIDENT, family.now).allowed
    assert not may_see(user, leila, Item.VOICE, family.now).allowed
