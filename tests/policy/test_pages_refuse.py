"""Every page refuses whoever has not signed in, and whoever has no role."""

import pytest
from django.contrib.auth.hashers import make_password

from sightline.access.commands import add_user
from tests.policy.walk import (
    ANYBODY_SIGNED_IN,
    BY_TOKEN,
    DESCRIPTION,
    PUBLIC,
    STEPS_OF_SIGN_IN,
    Page,
    pages,
)
from tests.world import NOW

ROLELESS = ANYBODY_SIGNED_IN | STEPS_OF_SIGN_IN
OURS = [page for page in pages() if page.name not in PUBLIC and page.path != DESCRIPTION]
IDS = [page.path for page in OURS]


def test_there_are_pages_to_walk():
    assert len(OURS) > 20


@pytest.mark.parametrize("page", OURS, ids=IDS)
@pytest.mark.django_db
def test_nobody_gets_in_without_signing_in(client, page: Page):
    for response in (client.get(page.path), client.post(page.path, {})):
        if page.path.startswith(BY_TOKEN):
            assert response.status_code in (401, 404, 405), page.path
        else:
            assert response.status_code == 302, page.path
            assert response["Location"].startswith("/sign-in/"), page.path


@pytest.mark.parametrize("page", OURS, ids=IDS)
def test_a_user_without_a_role_is_refused(client, world, page: Page):
    nobody = add_user(
        email="norole@castlebrook.example", name="No Role", agency=world.cast.agencies["care"],
        roles=[], password_hash=make_password(None), by=None, now=NOW,
    )  # fmt: skip
    client.force_login(nobody)
    if page.name in ANYBODY_SIGNED_IN:
        assert client.get(page.path).status_code == 200
        return
    if page.name in STEPS_OF_SIGN_IN:
        assert client.get(page.path).status_code in (200, 302, 404, 405)
        return
    for response in (client.get(page.path), client.post(page.path, {})):
        assert response.status_code in (401, 403, 404, 405), page.path


@pytest.mark.parametrize("page", OURS, ids=IDS)
def test_every_page_says_which_permission_opens_it(page: Page):
    if page.name in ROLELESS or page.path.startswith(BY_TOKEN):
        return
    assert getattr(page.view, "perms", None), f"{page.path}: mark the view with access.queries.page"
