"""Codes that people read out, copy and type: 80 random bits in groups of four, no 0, 1, 8 or 9."""

import base64
import secrets

BYTES = 10


def new_code() -> str:
    """Return a new code, as "ABCD-EFGH-IJKL-MNOP"."""
    letters = base64.b32encode(secrets.token_bytes(BYTES)).decode()
    return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def tidy(typed: str) -> str:
    """Return what was typed as a code is written, whatever its case, spaces and dashes."""
    letters = "".join(letter for letter in typed.upper() if letter.isalnum())
    return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))
