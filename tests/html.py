"""Is this page valid HTML? Asks html-validate, which `make assets` installs."""

import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VALIDATOR = ROOT / "node_modules" / ".bin" / "html-validate"


def problems(pages: Mapping[str, str]) -> str:
    """Return what is wrong with these pages (name: HTML), one line each, or "" for nothing."""
    if not VALIDATOR.exists():
        raise FileNotFoundError("html-validate is not installed: run `make assets`")
    with tempfile.TemporaryDirectory() as folder:
        for name, html in pages.items():
            (Path(folder) / f"{name}.html").write_text(html, "utf-8")
        found = subprocess.run(
            [VALIDATOR, "--config", ROOT / ".htmlvalidate.json", "--formatter", "text", folder],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    return (found.stdout + found.stderr).replace(folder, "") if found.returncode else ""
