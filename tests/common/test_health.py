import pytest
from django.db import OperationalError
from django.utils import timezone

from sightline.common.views import health


def test_a_live_process_says_so_without_the_database(client):
    answer = client.get("/health/live")
    assert answer.status_code == 200
    assert answer.json() == {"live": True}


@pytest.mark.django_db
def test_a_database_that_is_up_to_date_is_ready(client):
    answer = client.get("/health/ready")
    assert answer.status_code == 200
    assert answer.json()["ready"] is True


@pytest.mark.django_db
def test_a_missing_migration_is_not_ready(client, monkeypatch):
    there = health._migrations_on_disk()
    monkeypatch.setattr(health, "_migrations_on_disk", lambda: there | {("people", "9999_later")})
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["migrations_pending"] == 1


def test_a_database_that_is_away_is_not_ready(client, monkeypatch):
    def away(at):
        raise OperationalError("could not connect to somewhere")

    monkeypatch.setattr(health, "_state", away)
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json() == {"ready": False, "database": "cannot be reached"}


@pytest.mark.django_db
def test_the_age_of_the_oldest_due_task_is_told(client):
    from procrastinate.contrib.django import app

    before = timezone.now()
    assert health.oldest_waiting(before) is None
    later = before + timezone.timedelta(hours=1)
    task = app.configure_task("nothing.by.this.name", allow_unknown=True, schedule_at=later)
    task.defer()
    assert health.oldest_waiting(before) is None
    app.configure_task("nothing.by.this.name", allow_unknown=True).defer()
    waiting = health.oldest_waiting(timezone.now())
    assert waiting is not None
    assert abs((waiting - before).total_seconds()) < 60
    assert client.get("/health/ready").json()["oldest_task_waits_seconds"] < 60
