"""Who altered a log afterwards breaks its seals, and doctor says so."""

import time
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.db import connection, transaction

from sightline.audit.commands import record_search
from sightline.audit.models import Seal, Search
from sightline.audit.sealing import broken, heads, seal
from sightline.cli.doctor_command import _logs

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 20, 23, 40, tzinfo=UTC)


def look_for(*terms):
    """All in one transaction: a seal takes them all or none, whatever other tests are doing."""
    with transaction.atomic():
        _look_for(terms)


def _look_for(terms):
    for term in terms:
        record_search(by=None, at=NOW, page="people", terms=term, found=0)


def seal_all():
    """Seal until nothing is left: another test's transaction may hold the newest lines back."""
    deadline = time.monotonic() + 120
    while Search.objects.filter(tx__gte=_sealed_below()).exists():
        assert time.monotonic() < deadline
        seal(NOW)
        time.sleep(0.05)


def _sealed_below():
    head = heads().get("audit_search")
    return head.below_tx if head else 0


def alter(statement):
    """Do what no part of ours may: as the superuser, with the triggers off."""
    given = connection.settings_dict
    with psycopg.connect(
        dbname=given["NAME"], host=given["HOST"], port=given["PORT"] or None, user="postgres",
        autocommit=True,
    ) as server:  # fmt: skip
        server.execute("set session_replication_role = replica")
        server.execute(statement)


@pytest.fixture
def sealed():
    """Three seals over five searches."""
    for terms in (["leila", "moreno"], ["noah"], ["ivy", "daniel"]):
        look_for(*terms)
        seal_all()


def test_every_line_is_under_one_seal_and_they_fit(sealed):
    seals = list(Seal.objects.order_by("below_tx"))
    assert sum(one.lines for one in seals) == 5
    assert [one.from_tx for one in seals] == [0, *(one.below_tx for one in seals[:-1])]
    assert list(broken()) == list(broken(newest=1)) == []


def test_nothing_new_makes_no_seal(sealed):
    before = Seal.objects.count()
    assert seal(NOW + timedelta(minutes=5)) == []
    assert Seal.objects.count() == before


@pytest.mark.parametrize(
    ("what", "because"),
    [
        (
            "update audit_search set terms = 'nobody' where terms = 'noah'",
            "a line, or the seal before it, was changed",
        ),
        ("delete from audit_search where terms = 'moreno'", "it sealed 2 lines, and there are 1"),
        (
            "insert into audit_search (at, by, page, terms, found, tx)"
            " select at, by, page, 'slipped in', 0, tx from audit_search where terms = 'ivy'",
            "it sealed 2 lines, and there are 3",
        ),
        (
            "delete from audit_seal where from_tx = (select min(from_tx) from audit_seal"
            " where from_tx > 0)",
            "the seal before it is missing",
        ),
    ],
)
def test_whatever_is_altered_afterwards_is_found(sealed, what, because):
    alter(what)
    assert because in {one.because for one in broken()}
    said = list(_logs(None))
    assert not said[-1].well
    assert any(because in finding.what for finding in said)


def test_the_app_itself_cannot_alter_a_seal(sealed):
    with pytest.raises(Exception, match=r"permission denied|append_only|Cannot"):
        Seal.objects.update(digest="0" * 64)


def test_doctor_says_what_to_keep_elsewhere(sealed):
    said = [finding.what for finding in _logs(None)]
    head = heads()["audit_search"]
    assert any(f"{head.pk} {head.digest}" in what for what in said)
    assert said[-1] == "the seals of the logs fit"
