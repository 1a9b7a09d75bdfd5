"""Who may do what and why, for everybody who holds a role."""

import pytest
from django.urls import reverse

from sightline.access.in_words import CORE, MAY, NOBODY, OWN, roles_in_words
from sightline.access.roles import ROLES, Perm


def test_everything_that_a_role_may_do_has_words():
    assert MAY.keys() == set(Perm)
    for words in MAY.values():
        assert not words.endswith(".")


@pytest.mark.parametrize(
    ("code", "sees"),
    [("chair", CORE), ("agency_researcher", CORE), ("practitioner", OWN), ("key_adult", OWN),
     ("manager", NOBODY), ("ig_lead", NOBODY), ("agency_administrator", NOBODY)],
)  # fmt: skip
def test_of_whom_a_role_sees_something_is_said(code, sees):
    first = next(roles_in_words([code]))
    assert (first.name, first.sees, first.yours) == (ROLES[code].name, sees, True)
    assert len(first.may) == len(ROLES[code].perms)


def test_everybody_reads_it_their_own_role_first(client, world):
    for local in ("police", "keyadult1", "chair", "ig"):
        user = world.user(local)
        client.force_login(user)
        shown = client.get(reverse("roles")).content.decode()
        assert shown.index("Your role") < shown.index('id="role-2"')
        assert shown.count("<section") == len(ROLES)
