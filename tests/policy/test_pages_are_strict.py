"""No page may run or style anything that does not come from our own files."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "sightline" / "templates").rglob("*.html"))
STATIC = ROOT / "sightline" / "static"

FORBIDDEN = {
    "a style attribute: use a class in sightline/static/sightline.css": re.compile(r"\sstyle\s*="),
    "a style element: use sightline/static/sightline.css": re.compile(r"<style\b"),
    "an inline handler: use a script file": re.compile(r"<[^>]*\son[a-z]+\s*="),
    "an inline script: use a script file": re.compile(r"<script\b(?![^>]*\bsrc=)"),
    "a file from another place": re.compile(r"<(?:script|link|img)\b[^>]*(?:src|href)=\"https?:"),
    "markup that is trusted unseen: build it with Markup and escape()": re.compile(r"\|\s*safe\b"),
}
PUBLIC = ("/sign-in/", "/about", "/accessibility", "/no-such-page")


@pytest.mark.parametrize("what", FORBIDDEN)
@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_holds_no(template, what):
    found = FORBIDDEN[what].search(template.read_text("utf-8"))
    assert not found, f"{template}: {what}"


@pytest.mark.django_db  # what leaves is searched for safe addresses, whoever reads it
@pytest.mark.parametrize("address", PUBLIC)
def test_a_page_runs_only_our_scripts_and_the_one_with_the_nonce(client, address):
    page = client.get(address)
    policy = page.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "style-src 'self';" in policy + ";"
    nonce = re.search(r"'nonce-([^']+)'", policy)
    body = page.content.decode()
    scripts = re.findall(r"<script\b[^>]*>", body)
    inline = [script for script in scripts if "src=" not in script]
    assert nonce
    assert inline == [f'<script nonce="{nonce[1]}">']
    assert " style=" not in body
    assert "<style" not in body


@pytest.mark.django_db
def test_every_page_has_another_nonce(client):
    policies = {client.get("/about").headers["Content-Security-Policy"] for _ in range(2)}
    assert len(policies) == 2


def test_nothing_licensed_for_gov_uk_alone_is_shipped():
    """Made by `make assets`; without it this fails, as a page without styles would."""
    styles = [path.read_text("utf-8") for path in (STATIC / "vendor").glob("*.css")]
    assert len(styles) == 2
    for style in styles:
        assert not re.search(r"GDS Transport|@font-face|crest\.svg|url\(\W*https?:", style)
    names = [path.name for path in STATIC.rglob("*") if path.is_file()]
    assert not [name for name in names if re.search(r"crown|crest|\.woff2?$|logo", name)]


def test_every_image_that_a_style_names_is_there():
    for style in (STATIC / "vendor").glob("*.css"):
        for name in re.findall(r"url\(([^)]+)\)", style.read_text("utf-8")):
            assert (style.parent / name).is_file(), name
