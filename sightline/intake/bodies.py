"""From the bytes of a machine's message to JSON values, or a reason why not.

Whatever the bytes are, this ends in one of the two: nothing in them may become a server error.
"""

import json
from typing import Any, NoReturn

from sightline.common.errors import NotUnderstood
from sightline.intake.reading import shown


def load(raw: bytes) -> Any:
    """Return the JSON value in `raw` (UTF-8, or UTF-16 and UTF-32 as JSON readers detect them).

    Raises NotUnderstood, saying where the first problem is and never quoting what was written.
    """
    if not raw.strip():
        raise NotUnderstood("The body was empty. Send the notification as a JSON object.")
    try:
        return json.loads(
            _text(raw),
            object_pairs_hook=_each_name_once,
            parse_int=_integer,
            parse_constant=_no_such_number,
        )
    except json.JSONDecodeError as error:
        raise NotUnderstood(
            f"The body is not JSON: see line {error.lineno}, column {error.colno}."
        ) from None
    except RecursionError:
        raise NotUnderstood("The body is nested too deeply to be a notification.") from None


def _text(raw: bytes) -> str:
    try:
        return raw.decode(json.detect_encoding(raw))
    except UnicodeDecodeError as error:
        raise NotUnderstood(
            f"The body is not UTF-8: see byte {error.start}. Send it as UTF-8."
        ) from None


def _each_name_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Readers disagree on which of two fields of one name counts (RFC 8259, section 4)."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise NotUnderstood(f"{shown(name)}: is there twice in one object. Send it once.")
        found[name] = value
    return found


def _integer(digits: str) -> int:
    if len(digits) > 20:  # Python refuses thousands, and no field of ours holds this many
        raise NotUnderstood("A number has more than 20 digits. Send identifiers as text.")
    return int(digits)


def _no_such_number(_name: str) -> NoReturn:
    raise NotUnderstood("NaN and Infinity are not JSON. Leave out a number that is not known.")
