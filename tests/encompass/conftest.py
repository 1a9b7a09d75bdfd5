"""The morning after: the clock of the pages is the world's, and short ways to read them."""

from datetime import UTC, datetime

import pytest

from sightline.encompass.models import Notice
from tests.words import main_words
from tests.world import World

MONDAY_BELL = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now(monkeypatch, world):
    """Pages go by the world's clock, which a test may move on."""
    for module in ("notices", "notice_school", "moved", "unread", "reconciling"):
        monkeypatch.setattr(f"sightline.encompass.views.{module}.now", lambda: world.now)


@pytest.fixture
def read(client, world):
    """Sign somebody in and return the words of a page, or of what a form leads to."""

    def words(local: str, address: str, data: dict | None = None) -> str:
        client.force_login(world.user(local))
        response = client.get(address) if data is None else client.post(address, data, follow=True)
        assert response.status_code == 200, response.status_code
        return main_words(response.content.decode())

    return words


def notice_of(given_name: str) -> Notice:
    """Return the newest notice of a child."""
    return Notice.objects.filter(mention__given_name=given_name).latest("pk")


def with_child(person: dict, **changes: object) -> dict:
    """Return a child of the cast about whom something else was written."""
    return person | {"child": person["child"] | changes}


def told(world: World) -> list[tuple[str, str]]:
    """Return the child and school of every notice that stands."""
    standing = Notice.objects.filter(withdrawn_at=None).select_related("mention", "school")
    return sorted((n.mention.given_name, n.school.name if n.school else "") for n in standing)
