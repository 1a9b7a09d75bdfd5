"""A key is changed while everything goes on; what was sealed and marked is found under the new."""

import base64

import pytest

from sightline.sharing.models import Item
from sightline.vault.keys import NoKey, ring
from sightline.vault.looking import look
from sightline.vault.models import Print, SafeAddress
from sightline.vault.outgoing import leaks
from sightline.vault.rotating import add_key, keys_in_use, missing_keys, reseal, retire
from tests.vault.safe import HAVEN, REASON, keep_haven, keep_reach
from tests.world import NOW, notification


@pytest.fixture
def family(world, settings, tmp_path):
    settings.VAULT_KEYS, settings.VAULT_KEY_FILE = "", tmp_path / "vault-keys"
    add_key(settings.VAULT_KEY_FILE)
    world.notify(notification())
    keep_haven(world)
    keep_reach(world)
    return world


def see(family):
    opened = look(
        person=family.person("Maria").pk, items=[Item.SAFE_ADDRESS], reason=REASON,
        by=family.user("chair"), now=NOW,
    )  # fmt: skip
    return opened.addresses[0][1]


def test_everything_is_sealed_and_marked_anew_once(family, settings):
    old = ring().current.id
    add_key(settings.VAULT_KEY_FILE)
    assert leaks("47 Heron Quay")  # found while both keys are in use
    assert reseal() == 2
    assert reseal() == 0
    retire(settings.VAULT_KEY_FILE, NOW.date())
    new = ring().current.id
    assert (len(ring().keys), new != old, missing_keys()) == (1, True, [])
    assert keys_in_use() == {new: 2}
    assert set(Print.objects.values_list("marked_with", flat=True)) == {new}
    assert leaks("47 Heron Quay")
    assert leaks("07700 900471")
    assert see(family) == HAVEN
    assert settings.VAULT_KEY_FILE.stat().st_mode & 0o777 == 0o600
    assert f"retired {NOW.date()}: {old}" in settings.VAULT_KEY_FILE.read_text()


def test_a_sign_that_was_let_go_stays_so(family, settings):
    Print.objects.filter(kind="postcode").update(released_at=NOW, released_by=family.user("ig"))
    add_key(settings.VAULT_KEY_FILE)
    reseal()
    assert not leaks("ZZ8 3WP")


def test_a_key_that_is_lost_is_named_and_nothing_is_changed(family, settings):
    lost = ring().current.id
    settings.VAULT_KEYS = f"other:{base64.urlsafe_b64encode(bytes(32)).decode()}"
    assert missing_keys() == [lost]
    with pytest.raises(NoKey, match=lost):
        reseal()
    assert SafeAddress.objects.get().sealed_with == lost
