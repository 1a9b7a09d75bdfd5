"""What the documents say is what the code does."""

import re

import pytest

from sightline.cli import COMMANDS
from tests.policy.walk import ROOT

SETTING = re.compile(r'environ(?:\.get|\.setdefault)?[\[(]\s*"((?:SIGHTLINE|DATABASE)_[A-Z_]+)"')


def _settings_in_code() -> set[str]:
    return {
        name
        for path in (ROOT / "sightline").rglob("*.py")
        for name in SETTING.findall(path.read_text())
    }


def test_every_setting_is_explained_and_no_other():
    explained = set(re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs/settings.md").read_text(), re.M))
    internal = {"SIGHTLINE_APP_DATABASE"}  # handed from `serve` to its own processes
    assert explained == _settings_in_code() - internal


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_readme(command):
    assert f"sightline {command}" in (ROOT / "README.md").read_text()


def test_the_readme_names_only_targets_that_exist():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M))
    named = set(re.findall(r"`?make ([a-z]+)`?", (ROOT / "README.md").read_text()))
    assert named <= targets
    assert {"demo", "test", "check", "help", "setup"} <= targets


def test_every_folder_has_its_paragraph_on_the_map():
    text = (ROOT / "docs/map.md").read_text()
    folders = [p.parent.name for p in (ROOT / "sightline").glob("*/__init__.py")]
    missing = [f for f in folders if f"`sightline/{f}`" not in text]
    assert not missing, f"docs/map.md: write a paragraph about {missing}"


@pytest.mark.parametrize("name", ["base.in", "dev.in"])
def test_every_dependency_says_why_it_is_there(name):
    lines = (ROOT / "requirements" / name).read_text().splitlines()
    unexplained = [
        line for line in lines if line and not line.startswith(("#", "-r")) and "#" not in line
    ]
    assert not unexplained


@pytest.mark.parametrize("name", ["base.txt", "dev.txt"])
def test_locked_requirements_have_hashes_and_name_no_host(name):
    text = (ROOT / "requirements" / name).read_text()
    assert "://" not in text
    for requirement in re.split(r"\n(?=[a-z])", text):
        if "==" in requirement:
            assert "--hash=sha256:" in requirement


def test_the_npm_lock_names_no_host():
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()
