"""The linkage rules need neither Django nor anything of ours outside the rules."""

import subprocess
import sys

IMPORT_ALL = """
import importlib, pkgutil, sys
import sightline.rules.linkage as package
for module in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
    importlib.import_module(module.name)
allowed = ("sightline.rules",)
strange = [
    name for name in sys.modules
    if name.split(".")[0] == "django"
    or (name.startswith("sightline.") and not name.startswith(allowed))
]
sys.exit(", ".join(strange) or 0)
"""


def test_importing_every_module_brings_in_nothing_else():
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
