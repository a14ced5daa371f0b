"""Helmi makes a passkey in a real browser, with Chromium's own virtual device (WebDriver WebAuthn, CDP), signs in with
it, and is asked whether she is still there."""

from __future__ import annotations

from dataclasses import replace

from playwright.sync_api import expect

from tests.browser.stories import take_a_seat
from tests.conftest import PASSWORD

DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


def test_helmi_signs_in_by_a_passkey_and_stays(small_house, sit_down):
    by_name = replace(small_house, url=small_house.url.replace("127.0.0.1", "localhost"))  # passkeys are for names
    helmi = sit_down(by_name, width=1024)  # a window that nobody else sits down at: it keeps the clock that is put in
    page = helmi.page
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    take_a_seat(by_name, helmi)

    helmi.go("/account")
    helmi.look()
    section = page.locator("#passkeys")
    helmi.write({"Name of the new passkey": "work laptop", "Your password": "wrong password"}, within=section)
    helmi.press("Add a passkey")
    helmi.sees("This is not your password.")
    helmi.write({"Your password": PASSWORD}, within=section)
    helmi.press("Add a passkey")
    helmi.sees("The passkey was added: you can sign in with it.")
    expect(page.locator("#passkeys")).to_contain_text("work laptop")

    page.locator("summary", has_text="Helmi Hakala").click()
    helmi.press("Sign out")
    helmi.sees("You are signed out.")
    helmi.look()
    page.clock.install()
    helmi.press("Sign in with a passkey")
    helmi.sees("Convenings")

    warning = page.get_by_role("alert")
    page.clock.fast_forward("54:00")
    expect(warning).to_be_hidden()
    page.clock.fast_forward("02:00")
    expect(warning).to_contain_text("You have done nothing here for 55 minutes.")
    helmi.look()
    helmi.press("Stay signed in")
    expect(warning).to_be_hidden()
    page.clock.fast_forward("56:00")
    small_house.clock.let_pass(hours=2)
    helmi.press("Stay signed in")
    expect(warning).to_contain_text("You have been signed out. What you have written is still here")
