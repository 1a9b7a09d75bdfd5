"""The layers hold, and rules need nothing of ours and no Django."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.policy.walk import ROOT

WITHOUT_DJANGO = """
import importlib, pkgutil, sys
sys.modules["django"] = None
import sightline.rules
for module in pkgutil.walk_packages(sightline.rules.__path__, "sightline.rules."):
    importlib.import_module(module.name)
"""


def _run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_no_app_imports_a_higher_one():
    done = _run(str(Path(sys.executable).with_name("lint-imports")), "--no-cache")
    assert done.returncode == 0, done.stdout + done.stderr


def test_rules_run_where_there_is_no_django():
    done = _run(sys.executable, "-c", WITHOUT_DJANGO)
    assert done.returncode == 0, done.stderr


def test_the_code_is_clean():
    done = _run(str(Path(sys.executable).with_name("ruff")), "check", "--no-cache", ".")
    assert done.returncode == 0, done.stdout


def test_the_code_is_formatted():
    done = _run(str(Path(sys.executable).with_name("ruff")), "format", "--check", "--no-cache", ".")
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
def test_the_types_hold():
    done = _run(str(Path(sys.executable).with_name("mypy")))
    assert done.returncode == 0, done.stdout
