"""A few notifications that can be counted on the fingers."""

import base64
from datetime import date

import pytest

from sightline.actions.models import SocialCareEvent
from sightline.insight.catalogue import BY_ID
from sightline.insight.periods import Period
from sightline.meetings.commands import decide
from sightline.screening.commands import set_scale
from tests.insight.spark import MISSING, session


@pytest.fixture(autouse=True)
def the_key_of_the_snapshots(settings):
    """That of `NAMES`, by which tests write them: it tells whose answers the reviewers' are."""
    settings.PSEUDONYM_KEY = base64.urlsafe_b64encode(bytes(32)).decode()


@pytest.fixture(scope="session")
def spark_of_the_run(tmp_path_factory):
    with session(tmp_path_factory.mktemp("spark")) as started:
        yield started


@pytest.fixture
def spark(socket_enabled, request):
    """A Spark; the test is left out where there is none. Python speaks to Java on 127.0.0.1."""
    if MISSING:
        pytest.skip(f"no {' and no '.join(MISSING)} here: see make test-spark")
    return request.getfixturevalue("spark_of_the_run")


@pytest.fixture
def rows():
    """Return a function that counts a figure, for the whole record or between two days."""

    def count(number, first=None, last=None):
        days = [date.fromisoformat(day) if day else None for day in (first, last)]
        return BY_ID[f"s0.table{number}"].rows(Period(*days))

    return count


@pytest.fixture
def decided(world):
    """Return a function that sets a scale for a child and decides, as the chair."""
    chair = world.user("chair")

    def decide_for(name, scale, outcome, now=None):
        screening = world.screening(name)
        set_scale(
            screening=screening, scale=scale, because="Weighed with what health knows.",
            second_agency=world.cast.agencies["health"], by=chair, now=now or world.now,
        )  # fmt: skip
        return decide(
            screening=screening, outcome=outcome, rationale="He hurt their mother.", by=chair,
            now=now or world.now,
        )  # fmt: skip

    return decide_for


@pytest.fixture
def followed(world):
    """Return a function that writes down what social care did after a mention."""

    def follow(mention, kind, on="2026-12-01"):
        return SocialCareEvent.objects.create(
            mention=mention, kind=kind, on=on, recorded_at=world.now
        )

    return follow
