"""Joiners, movers and leavers, and the quarter in which somebody must be confirmed."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sightline.access.models import Agency, User
from sightline.accounts import members
from sightline.accounts.confirming import keep_access_right
from sightline.accounts.entry import choose_password, find_entry_code, new_entry_code
from sightline.accounts.first_administrator import let_in
from sightline.accounts.models import Authenticator, Membership
from sightline.accounts.queries import to_confirm
from sightline.accounts.whose import looked_after_by, roles_to_give
from sightline.audit.models import Event
from sightline.common.clock import now
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.demo.accounts import confirm_people
from tests.accounts.conftest import AT, PASSWORD, give_app, sign_in
from tests.words import main_words

pytestmark = pytest.mark.django_db
QUARTER = timedelta(days=92)


def user_of(agency: Agency, local: str, *roles: str) -> User:
    return User.objects.create_user(
        f"{local}@castlebrook.example", PASSWORD, name=local.title(), agency=agency, roles=[*roles]
    )


@pytest.fixture
def gwen(care) -> User:
    return user_of(care, "gwen", "agency_administrator")


@pytest.fixture
def council(db) -> Agency:
    return Agency.objects.create(name="Castlebrook Council", kind="council")


@pytest.fixture
def kofi(council) -> User:
    return user_of(council, "kofi", "agency_administrator")


@pytest.fixture
def school(db) -> Agency:
    return Agency.objects.create(name="Brook Lane Primary School", kind="school")


def join(by: User, agency: Agency | None = None, **changes):
    given = {
        "email": "new@castlebrook.example", "name": "New Person", "job_title": "Social worker",
        "agency": agency or by.agency, "roles": ["practitioner"], "by": by, "now": AT,
    }  # fmt: skip
    return members.join(**given | changes)


def test_a_joiner_comes_in_with_the_code_chooses_a_password_and_adds_a_second_step(client, gwen):
    user, code = join(gwen)
    code = members.start_anew(user=user, by=gwen, now=now())
    assert client.post("/sign-in/first/", {"email": user.email, "code": code.lower()})[
        "Location"
    ] == ("/sign-in/first/password/")
    short = client.post("/sign-in/first/password/", {"password": "short", "again": "short"})
    assert "at least 12 characters" in main_words(short.content.decode())
    chosen = {"password": PASSWORD, "again": PASSWORD}
    assert client.post("/sign-in/first/password/", chosen)["Location"] == "/sign-in/second/new/"
    assert find_entry_code(user.email, code, now()) is None, "it opens once"
    assert sign_in(Client(), user.email).status_code == 302


def test_joining_twice_is_joining_once_and_there_is_no_second_code(gwen):
    user, code = join(gwen)
    again, no_code = join(gwen, email="NEW@castlebrook.example ")
    assert (user, no_code) == (again, "")
    assert find_entry_code(user.email, code, AT) is not None


def test_a_code_is_over_after_three_days_and_when_there_is_a_newer_one(gwen):
    user, code = join(gwen)
    assert find_entry_code(user.email, code, AT + timedelta(days=2)) is not None
    assert find_entry_code(user.email, code, AT + timedelta(days=4)) is None
    assert find_entry_code("gwen@castlebrook.example", code, AT) is None, "it is somebody else's"
    found = find_entry_code(user.email, code, AT)
    new_entry_code(user=user, by=gwen, now=AT)
    with pytest.raises(WrongMoment):
        choose_password(code=found, password=PASSWORD, now=AT)
    user.refresh_from_db()
    assert not user.has_usable_password()


def test_nobody_widens_what_their_own_agency_sees(gwen, kofi, care, school):
    own = {role.code for role in roles_to_give(gwen, care)}
    assert {"practitioner", "agency_researcher", "agency_lead"} <= own
    assert not own & {
        "chair",
        "screening_administrator",
        "ig_lead",
        "agency_administrator",
        "police_submitter",
    }
    assert "chair" in {role.code for role in roles_to_give(kofi, care)}
    assert "chair" not in {role.code for role in roles_to_give(kofi, school)}, "no core agency"
    for roles in (["chair"], ["practitioner", "agency_administrator"], ["no_such_role"]):
        with pytest.raises(NotUnderstood):
            join(gwen, roles=roles)
    assert not User.objects.filter(email="new@castlebrook.example").exists()


def test_a_mover_gets_and_loses_what_may_be_given_and_keeps_what_others_gave(gwen, care):
    ruth = user_of(care, "ruth", "chair", "practitioner")
    for _ in range(2):
        members.set_roles(user=ruth, roles=["agency_lead"], by=gwen, now=AT)
    ruth.refresh_from_db()
    assert set(ruth.roles) == {"chair", "agency_lead"}
    assert Event.objects.filter(what="user.roles_set").count() == 1


def test_a_leaver_is_out_at_once_whatever_is_open(client, gwen, ruth):
    client.force_login(ruth)
    assert client.get("/your-sign-in/").status_code == 200
    for _ in range(2):
        members.end_access(user=ruth, because="Left", by=gwen, now=AT)
    assert client.get("/your-sign-in/").status_code == 302
    assert sign_in(client, ruth.email).status_code == 200
    assert Event.objects.filter(what="user.access_ended").count() == 1
    with pytest.raises(WrongMoment, match="Give it back"):
        members.confirm(users=[ruth], by=gwen, now=AT)
    with pytest.raises(WrongMoment, match="no access"):
        members.start_anew(user=ruth, by=gwen, now=AT)


def test_access_that_is_given_back_begins_anew_and_twice_is_once(gwen, ruth):
    give_app(ruth)
    members.end_access(user=ruth, because="Long leave", by=gwen, now=AT)
    _, code = members.give_back(user=ruth, by=gwen, now=AT)
    _, no_code = members.give_back(user=ruth, by=gwen, now=AT)
    assert no_code == ""
    assert find_entry_code(ruth.email, code, AT) is not None
    ruth.refresh_from_db()
    assert ruth.is_active
    assert not ruth.has_usable_password()
    assert not Authenticator.objects.filter(ended_at=None).exists()


def test_who_lost_everything_starts_anew_and_is_signed_out_everywhere(client, gwen, ruth):
    give_app(ruth)
    client.force_login(ruth)
    members.start_anew(user=ruth, by=gwen, now=AT)
    assert client.get("/your-sign-in/").status_code == 302
    assert sign_in(client, ruth.email).status_code == 200


def test_whoever_is_not_confirmed_for_a_quarter_loses_access_and_gets_it_back_with_a_click(
    gwen, ruth
):
    assert keep_access_right(AT) == 0, "the clock starts"
    members.confirm(users=[gwen], by=user_of_council(), now=AT + QUARTER)
    assert keep_access_right(AT + QUARTER) == 0
    assert keep_access_right(AT + QUARTER + timedelta(days=1)) == 1
    assert keep_access_right(AT + QUARTER + timedelta(days=1)) == 0
    ruth.refresh_from_db()
    member = Membership.objects.get(user=ruth)
    assert not ruth.is_active
    assert "Nobody confirmed by" in member.ended_because
    members.confirm(users=[ruth], by=gwen, now=AT + QUARTER + timedelta(days=3))
    ruth.refresh_from_db()
    assert ruth.is_active
    assert ruth.check_password(PASSWORD), "nothing was lost meanwhile"


def user_of_council() -> User:
    council, _ = Agency.objects.get_or_create(name="Castlebrook Council", kind="council")
    return user_of(council, "kofi", "agency_administrator")


def test_an_administrator_is_reminded_three_weeks_before(gwen, ruth):
    def confirmed(days: int) -> None:
        Membership.objects.update_or_create(
            user=ruth, defaults={"confirmed_at": now() - timedelta(days=days)}
        )

    for days, waiting in ((60, 0), (72, 1), (93, 1)):
        confirmed(days)
        assert to_confirm(gwen) == waiting, days
    assert to_confirm(ruth) == 0, "no administrator"


def test_whom_one_looks_after(gwen, kofi, ruth, school, council):
    grace, ellen = user_of(school, "grace", "key_adult"), user_of(council, "ellen", "manager")
    assert set(looked_after_by(gwen)) == {ruth}
    assert set(looked_after_by(kofi)) == {ellen, grace, gwen}, "schools without one; administrators"
    head = user_of(school, "head", "agency_administrator")
    assert set(looked_after_by(head)) == {grace}
    assert set(looked_after_by(kofi)) == {ellen, gwen, head}


def test_nobody_changes_whom_they_do_not_look_after(gwen, kofi, ruth, school):
    grace = user_of(school, "grace", "key_adult")
    steps = (
        lambda user, by: members.confirm(users=[user], by=by, now=AT),
        lambda user, by: members.end_access(user=user, because="x", by=by, now=AT),
        lambda user, by: members.set_roles(user=user, roles=[], by=by, now=AT),
        lambda user, by: members.give_back(user=user, by=by, now=AT),
        lambda user, by: members.start_anew(user=user, by=by, now=AT),
    )
    for step in steps:
        for user, by in ((grace, gwen), (gwen, gwen), (kofi, gwen), (gwen, ruth)):
            with pytest.raises(PermissionDenied):
                step(user, by)
    with pytest.raises(PermissionDenied):
        join(gwen, school)
    assert not Membership.objects.exists()


def test_of_another_agencys_people_nothing_is_said(client, gwen, school):
    grace = user_of(school, "grace", "key_adult")
    client.force_login(gwen)
    assert client.get(f"/users/{grace.pk}/").status_code == 404
    assert client.get("/users/999999/").status_code == 404
    assert "Grace" not in main_words(client.get("/users/").content.decode())
    taken = {"name": "G", "email": grace.email, "roles": ["practitioner"]}
    page = main_words(client.post("/users/new/", taken).content.decode())
    assert "That e-mail address cannot be used" in page


def test_the_pages_from_adding_to_ending(client, gwen, care):
    client.force_login(gwen)
    new = {"name": "Nia Obi", "email": "nia@castlebrook.example", "roles": ["practitioner"]}
    page = client.post("/users/new/", new, follow=True)
    words = main_words(page.content.decode())
    code = re.search(r"[A-Z2-7]{4}(?:-[A-Z2-7]{4}){3}", words)[0]
    nia = User.objects.get(email=new["email"])
    assert nia.agency == care
    assert find_entry_code(nia.email, code, now()) is not None
    address = f"/users/{nia.pk}/"
    assert code not in client.get(address).content.decode(), "shown once"
    client.post(address, {"set_roles": "1", "roles": ["agency_lead"]})
    client.post("/users/", {"users": [nia.pk, gwen.pk, "x"]})
    asked = client.post(address, {"end": "1", "because": ""})
    assert "Say why access ends" in main_words(asked.content.decode())
    words = main_words(
        client.post(address, {"end": "1", "because": "Left"}, follow=True).content.decode()
    )
    for done in ("Added", "Roles changed", "Confirmed", "Access ended"):
        assert done in words
    assert "Gwen" in words
    assert Event.objects.filter(what="user.confirmed").count() == 1, "not herself"


def test_the_councils_administrator_says_first_of_which_agency(client, kofi, school):
    client.force_login(kofi)
    assert "Agency" in main_words(client.get("/users/new/").content.decode())
    address = f"/users/new/?agency={school.pk}"
    assert "School key adult" in main_words(client.get(address).content.decode())
    new = {"name": "Grace Osei", "email": "grace@school.test", "roles": ["key_adult"]}
    client.post(address, new)
    assert User.objects.get(email="grace@school.test").agency == school


def test_the_demos_people_are_confirmed_once_and_some_are_to_be(world):
    for _ in range(2):
        confirm_people(world.cast, now=now())
    assert to_confirm(world.user("useradmin")) == 2
    assert to_confirm(world.user("systems")) == 1
    assert Event.objects.filter(what="user.confirmed").count() == Membership.objects.count()


def test_the_list_asks_as_much_for_thirty_people_as_for_three(client, gwen, care):

    def asked(many: int) -> int:
        for number in range(many):
            user_of(care, f"person{many}-{number}", "practitioner")
        keep_access_right(AT)
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/users/").status_code == 200
        return len(queries)

    client.force_login(gwen)
    client.get("/users/")
    assert asked(3) == asked(20)


def test_the_console_lets_the_first_administrator_in_and_back_in(school):
    head, code = let_in(email="head@school.test", name="Head", agency=school, now=AT)
    assert find_entry_code(head.email, code, AT) is not None
    User.objects.filter(pk=head.pk).update(is_active=False)
    again, code = let_in(email="head@school.test", name="", agency=school, now=AT)
    assert again == head
    assert find_entry_code(head.email, code, AT) is not None
    other = Agency.objects.create(name="Other", kind="housing")
    for email, name in (("head@school.test", "Head"), ("unknown@school.test", "")):
        with pytest.raises(NotUnderstood):
            let_in(email=email, name=name, agency=other, now=AT)
