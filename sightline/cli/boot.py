"""What every subcommand does first: find the database, keep the secret, wake Django."""

import base64
import contextlib
import importlib
import os
import secrets
import sys
import tempfile
from pathlib import Path
from types import ModuleType

from sightline.config.database import Connections, connections, data_folder


class Problem(Exception):
    """Something the person at the terminal can mend; the text says how."""


def command_module(name: str) -> ModuleType:
    """Return the module of a subcommand ("import" is a word of the language)."""
    return importlib.import_module(f"sightline.cli.{name}_command")


def boot(data: str | None, *, prepare: bool = True) -> Connections:
    """Start or join the database, set Django up as the app role, bring the tables up to date."""
    folder = data_folder(data)
    os.environ["SIGHTLINE_DATA"] = str(folder)
    found = connections(folder)
    os.environ["SIGHTLINE_APP_DATABASE"] = found.app
    os.environ.setdefault("SIGHTLINE_SECRET_KEY", _secret(folder))
    _kept(folder, "vault-keys", f"{secrets.token_hex(4)}:{_random_key()}\n")
    _kept(folder, "pseudonym-key", _random_key())
    awaken()
    from sightline.common.wall import at_the_terminal

    at_the_terminal()
    if prepare:
        from sightline.config import schema

        schema.prepare(found.owner)
    return found


def awaken() -> None:
    """Set Django up, for what needs no database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sightline.config.settings")
    import django

    django.setup()


def _secret(folder: Path) -> str:
    """Return the key that signs sessions."""
    return _kept(folder, "secret", secrets.token_urlsafe(48))


def _kept(folder: Path, name: str, made: str) -> str:
    """Return what the file holds; made once, and readable by its owner only.

    It is put in its place whole: killed half way, there is none, and never half of one.
    """
    path = folder / name
    if not path.exists():
        with tempfile.NamedTemporaryFile("w", dir=folder, prefix=f"{name}-") as file:
            file.write(made)
            file.flush()
            with contextlib.suppress(FileExistsError):  # somebody else was faster
                os.link(file.name, path)
    return path.read_text()


def _random_key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def say(words: str) -> None:
    """Tell the person at the terminal."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()
