"""The sharing table is the partnership's: dated versions of rows, signed, and pages that obey."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import InternalError, transaction
from django.db.utils import ProgrammingError
from django.urls import reverse

from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.rules.sharing.pack_file import as_content, pack_on, with_rows
from sightline.rules.sharing.parts import Matter, Recipient
from sightline.sharing.following import follow_the_rows
from sightline.sharing.models import Disclosure, Item, Origin, SharingRow
from sightline.sharing.queries import may_see
from sightline.sharing.table import change_row, pack_in_force, sign_row
from sightline.sharing.telling import Wondering, answer_to
from tests.world import NOW, notification

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
SHIPPED = {row.id: as_content(row) for row in pack_on(TODAY).rows}


def change(world, row="SH-10", *, content=None, days=0, key=None, **said):
    made = SHIPPED[row] | said if content is None else content
    return change_row(
        row=row, content=made or None, commencement=TODAY + timedelta(days=days),
        because="agreed by the partnership in November", key=key or uuid4(), by=world.user("ig"),
        now=NOW,
    )  # fmt: skip


def signed(world, *args, **kwargs):
    return sign_row(version=change(world, *args, **kwargs), by=world.user("ig"), now=NOW)


def test_every_shipped_row_says_as_content_what_it_says():
    pack = pack_on(TODAY)
    assert with_rows(pack, SHIPPED) == pack


def test_changing_a_row_changes_what_a_page_shows(world, client, monkeypatch):
    monkeypatch.setattr("sightline.pathway.views.person.now", lambda: NOW)
    world.notify(notification())
    leila, chair = world.person("Leila"), world.user("chair")
    client.force_login(chair)
    page = reverse("person", args=[leila.pk])
    assert "I told Sam to hide" in client.get(page).content.decode()
    signed(world, matters=["incident", "household", "decision", "actions"])
    assert follow_the_rows(NOW) > 0
    assert follow_the_rows(NOW) == 0
    assert "I told Sam to hide" not in client.get(page).content.decode()
    door = Disclosure.objects.filter(person=leila, origin=Origin.STANDING).first()
    assert "SH-10 version 1" in door.basis
    world.notify(notification("NM-2"))  # and a door that is opened from now on
    assert not may_see(chair, world.person("Sam"), Item.SCALE, NOW).allowed
    assert may_see(chair, world.person("Sam"), Item.DECISION, NOW).allowed


def test_a_row_that_ends_shuts_the_teams_doors(world):
    world.notify(notification())
    signed(world, content={})
    follow_the_rows(NOW)
    assert not may_see(world.user("chair"), world.person("Leila"), Item.IDENTITY, NOW).allowed


def test_an_answer_names_the_row_and_its_version_and_the_old_one_is_still_there(world):
    world.notify(notification())
    wondering = Wondering(world.mention("Leila"), Matter.INCIDENT, Recipient.SCHOOL)
    assert answer_to(wondering, NOW).pack == "sharing 2026.1"
    signed(world, "SH-02", extent="fact", days=3)
    assert answer_to(wondering, NOW).extent == "summary"  # not its day yet
    later = answer_to(wondering, NOW + timedelta(days=3))
    assert (later.extent, later.row, later.pack) == (
        "fact", "SH-02", "sharing 2026.1, SH-02 version 1",
    )  # fmt: skip
    assert answer_to(wondering, NOW - timedelta(days=30)).extent == "summary"
    signed(world, "SH-02", extent="detail", days=5)
    assert answer_to(wondering, NOW + timedelta(days=4)).extent == "fact"
    assert answer_to(wondering, NOW + timedelta(days=5)).extent == "detail"


def test_nothing_holds_before_it_is_signed_and_twice_is_once(world):
    key = uuid4()
    made = change(world, extent="fact", key=key)
    assert change(world, extent="fact", key=key) == made
    assert pack_in_force(TODAY) == pack_on(TODAY)
    first = sign_row(version=made, by=world.user("ig"), now=NOW)
    again = sign_row(version=made, by=world.user("ig"), now=NOW + timedelta(hours=1))
    assert first.signed_at == again.signed_at == NOW
    assert pack_in_force(TODAY) != pack_on(TODAY)
    assert pack_in_force(TODAY - timedelta(days=1)) == pack_on(TODAY)


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"extent": "everything"}, "extent"),
        ({"to": ["the moon"]}, "the moon"),
        ({"to": ["screening_team", "social_care"]}, "both answer"),
        ({"moon": True}, "unknown key moon"),
    ],
)
def test_what_a_file_would_be_refused_for_a_change_is_refused_for(world, said, fault):
    with pytest.raises(NotUnderstood, match=fault):
        change(world, **said)
    assert not SharingRow.objects.exists()


def test_the_past_is_not_changed_nor_a_version_edited_nor_signed_by_anybody(world):
    with pytest.raises(NotUnderstood, match="from today on"):
        change(world, days=-1, extent="fact")
    made = change(world, extent="fact")
    with (
        pytest.raises((ProgrammingError, InternalError), match="Cannot update"),
        transaction.atomic(),
    ):
        SharingRow.objects.update(because="another reason than there was")
    with pytest.raises(PermissionDenied):
        sign_row(version=made, by=world.user("chair"), now=NOW)
    signed(world, "SH-10", extent="summary", days=1)
    with pytest.raises(WrongMoment, match="anew"):
        sign_row(version=made, by=world.user("ig"), now=NOW)


def test_two_that_were_written_apart_cannot_both_be_signed(world):
    one = change(
        world, "P-01", content=SHIPPED["SH-30"] | {"matters": ["counts"], "to": ["police"]}
    )
    two = change(
        world, "P-02", content=SHIPPED["SH-30"] | {"matters": ["counts"], "to": ["police"]}
    )
    sign_row(version=one, by=world.user("ig"), now=NOW)
    with pytest.raises(WrongMoment, match="both answer"):
        sign_row(version=two, by=world.user("ig"), now=NOW)


def test_from_the_page_to_the_handbook(world, client, monkeypatch):
    for module in ("rows", "rules"):
        monkeypatch.setattr(f"sightline.sharing.views.{module}.now", lambda: NOW)
    client.force_login(world.user("ig"))
    page = reverse("sharing-row", args=["SH-10"])
    assert "Nobody has changed this row" in client.get(page).content.decode()
    sent = {
        "matters": ["incident", "decision"], "to": ["screening_team"], "extent": "detail",
        "agreement": "not_needed", "gateway": "Our own arrangement of 2026", "basis": "6(1)(e)",
        "commencement-day": "20", "commencement-month": "11", "commencement-year": "2026",
        "because": "agreed by the partnership", "key": str(uuid4()),
    }  # fmt: skip
    client.post(page, sent)
    made = SharingRow.objects.get()
    assert "Waits to be signed" in client.get(reverse("sharing-rows")).content.decode()
    client.post(page, {"sign": made.pk})
    assert "Signed" in client.get(page).content.decode()
    assert "Our own arrangement" in client.get(reverse("sharing-rows")).content.decode()
    chapter = client.get(reverse("rule-chapter", args=["sharing-2026-1"])).content.decode()
    assert "Our own arrangement of 2026" in chapter
    assert "SH-10 version 1" in chapter
    assert client.get(reverse("sharing-row", args=["MOON"])).status_code == 404
    assert client.get(reverse("sharing-row-new")).status_code == 200
    client.force_login(world.user("chair"))
    assert client.get(page).status_code == 403
