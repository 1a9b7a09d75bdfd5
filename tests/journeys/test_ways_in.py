"""A new colleague is let in, chooses a password, adds app and passkey, locks and unlocks."""

import re
from datetime import UTC, datetime

import pyotp
import pytest

from sightline.demo.cast import PASSWORD as COMMON

pytestmark = [pytest.mark.journey, pytest.mark.enable_socket]
KEY = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
    "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip
CODE = re.compile(r"[A-Z2-7]{4}(?:-[A-Z2-7]{4}){3}")
PASSWORD = "three unrelated words"


def test_a_new_colleague_comes_in_with_a_code_and_then_with_a_passkey(invite, eyes):
    gwen = invite().signs_in("useradmin").presses("Add somebody")
    gwen.writes("Name", "Nia Obi").writes("E-mail address at work", "nia@castlebrook.example")
    gwen.ticks("Practitioner").presses("Add").sees("Nia Obi is added.")
    code = CODE.search(gwen.text)[0]
    gwen.presses("Still needs access").sees("Confirmed.").goes_to("/users/").sees("Nia Obi")

    nia = invite().goes_to("/sign-in/").presses("I have a code from my administrator")
    nia.writes("E-mail address", "nia@castlebrook.example").writes("Code", code).presses("Continue")
    nia.writes("New password", PASSWORD).writes("The same password again", PASSWORD)
    nia.presses("Keep this password")

    nia.goes_to("/your-sign-in/").presses("Add authenticator app")
    secret = re.search(r"Key: ((?:[A-Z2-7]{4} )+)", nia.text)[1].replace(" ", "")
    nia.writes("Code", pyotp.TOTP(secret).at(datetime.now(UTC))).presses("Add the app")
    nia.sees("Your recovery codes")
    assert len(CODE.findall(nia.text)) == 10
    nia.presses("I have kept them")

    browser_key = nia.page.context.new_cdp_session(nia.page)
    browser_key.send("WebAuthn.enable")
    browser_key.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    nia.presses("Add a passkey").writes("What to call it", "work laptop")
    nia.presses("Add a passkey").sees("work laptop")

    nia.page.get_by_role("button", name="Lock").click()
    nia.page.wait_for_url("**/locked/")
    nia.sees("Nia Obi, show who you are").writes("Your password", PASSWORD).presses("Unlock")
    assert nia.page.url.endswith("/your-sign-in/")

    nia.page.get_by_role("button", name="Sign out").click()
    nia.page.wait_for_url("**/sign-in/")
    nia.writes("E-mail address", "nia@castlebrook.example").writes("Password", PASSWORD)
    nia.presses("Sign in").sees("Second step").presses("Use a passkey")
    assert not nia.page.url.endswith("/sign-in/second/")

    gwen.presses("Nia Obi").writes("End access: why", "Moved on").presses("End access now")
    gwen.sees("Whatever was open is closed")
    assert nia.page.goto(nia.page.url.split("/sign")[0]) is not None
    assert "/sign-in/" in nia.page.url
    assert eyes.complaints() == ""


def test_a_screen_that_nobody_was_at_is_covered_and_keeps_what_was_being_written(invite, eyes):
    tom = invite()
    tom.page.clock.install()
    tom.signs_in("useradmin").presses("Add somebody").writes("Name", "Half written")
    tom.page.clock.fast_forward("29:00")
    assert tom.page.get_by_label("Name").is_visible()
    tom.page.clock.fast_forward("02:00")
    tom.page.get_by_role("alert").filter(has_text="the screen is locked").wait_for()
    assert not tom.page.get_by_label("Name").is_visible()
    with tom.page.context.expect_page() as opened:
        tom.page.get_by_role("link", name="Unlock in a new tab").click()
    opened.value.get_by_label("Your password").fill(COMMON)
    opened.value.get_by_role("button", name="Unlock").click()
    opened.value.wait_for_url("**/users/new/")
    tom.page.bring_to_front()
    tom.page.evaluate("window.dispatchEvent(new Event('focus'))")
    tom.page.get_by_label("Name").wait_for()
    assert tom.page.get_by_label("Name").input_value() == "Half written"
    assert eyes.complaints() == ""
