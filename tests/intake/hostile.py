"""Input that nobody means well by, or that breaks programs by accident."""

import copy
import json
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from tests.world import notification

# Runs are the same every time, and share one database transaction.
STEADY = settings(
    deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)

TEXTS = [
    "", " ", "\x00", "a\x00b", "\x01\x1b[2J", "\r", "\r\n\r\n", "\u2028", "\ufeff", "\u202e",
    "\ufffe", "é" * 81, "x" * 61, "x" * 301, "y" * 20_001, "𐍈" * 80, "e\u0301" * 40, "ﷺ", "İ",
    "ß" * 12,
    "<script>alert(1)</script>", '"><img src=x>', "{{ 7*7 }}", "{% raw %}", "${x}", "%s%n",
    "'; drop table intake_notification; --", "=cmd|' /C calc'!A0", "../../etc/passwd",
    "null", "None", "NaN", "true", "-0", "1e999", "0x10", "٣", "²", "½",
    "0000-00-00", "0001-01-01", "9999-12-31", "2026-02-30", "22/11/2026", "20180607", "now",
    "2026-11-22T23:10:00+23:59", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00",
    "2026-03-29T01:30:00", "2026-11-22T24:00:00", "2026-11-22 23:10", "1900-01-01T00:00:00Z",
]  # fmt: skip
VALUES: list[Any] = [
    *TEXTS, None, True, False, 0, -1, 10**19, 2**63, -(2**63), 0.1, -0.0, 1e308, 5e-324, [], {},
    [[]], [None], ["x"] * 1000, [{}] * 100, {"": ""}, {"a": {"b": {"c": []}}}, {"\x00": "\x00"},
    {"role": "child"}, [{"role": "child"}] * 41, "\ud800", {"\udfff": "\ud800"},
]  # fmt: skip

hostile_text = st.sampled_from(TEXTS) | st.text(max_size=40)
hostile_value = st.sampled_from(VALUES) | st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


def places(body: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the path of everything in a body."""
    inside = body.items() if isinstance(body, dict) else enumerate(body)
    found = []
    for name, value in inside:
        found.append((*path, name))
        if isinstance(value, dict | list):
            found += places(value, (*path, name))
    return found


def put(body: Any, place: tuple[Any, ...], value: Any) -> None:
    """Put a value at a place of a body."""
    for name in place[:-1]:
        body = body[name]
    body[place[-1]] = value


def is_text(place: tuple[Any, ...]) -> bool:
    """Whether there is a text at this place of the notification that is spoilt here."""
    part: Any = notification()
    for name in place:
        part = part[name]
    return isinstance(part, str)


PLACES = places(notification())
NEW_FIELDS = ["ended_at", "officer", "relationships", "sharing", "safety", "child", "answers", "x"]


@st.composite
def spoilt_notifications(draw: st.DrawFn) -> dict[str, Any]:
    """A notification with one to three things replaced, taken out or added."""
    body = copy.deepcopy(notification(f"NM-{draw(st.integers(0, 10**6))}"))
    for place in draw(st.lists(st.sampled_from(PLACES), min_size=1, max_size=3)):
        part: Any = body
        try:
            for name in place[:-1]:
                part = part[name]
            if draw(st.booleans()) and isinstance(part, dict):
                part[draw(st.sampled_from(NEW_FIELDS))] = draw(hostile_value)
            part[place[-1]] = draw(hostile_value)
        except (TypeError, KeyError, IndexError):
            continue  # an earlier change took this place away
    return body


CODES = {
    "role",
    "presence",
    "spoken_to_alone",
    "sex",
    "version",
    "officer_grade",
    "reference",
    "id",
}
DATES = {"birth_date", "expected_birth", "started_at", "notified_at"}
FREE = [place for place in PLACES if place[-1] not in CODES | DATES and is_text(place)]
BORN = [place for place in PLACES if place[-1] in {"birth_date", "expected_birth"}]
ODD_DAYS = ["0001-01-01", "9999-12-31", "1899-12-31", "2026-11-20", "2000-02-29"]


@st.composite
def oddly_written_notifications(draw: st.DrawFn) -> dict[str, Any]:
    """A notification that has to be accepted, whatever is written in its free text and dates."""
    body = copy.deepcopy(notification())
    short = hostile_text.filter(lambda text: len(text) <= 12)
    for place in draw(st.lists(st.sampled_from(FREE), max_size=6)):
        put(body, place, draw(short))
    for place in draw(st.lists(st.sampled_from(BORN), max_size=2)):
        put(body, place, draw(st.sampled_from(ODD_DAYS)))
    return body


@st.composite
def spoilt_bytes(draw: st.DrawFn) -> bytes:
    """The bytes of a notification, cut, doubled, or with something put in."""
    raw = json.dumps(notification(f"NM-{draw(st.integers(0, 10**6))}")).encode()
    start = draw(st.integers(0, len(raw)))
    end = draw(st.integers(start, min(len(raw), start + 60)))
    put_in = draw(st.sampled_from([b"", raw[start:end] * 2, b"\x00", b"\xff", b",", b'"', b"{}"]))
    return raw[:start] + put_in + raw[end:]


WHOLE = json.dumps(notification("NM-HAND")).encode()
BY_HAND = [
    b"", b" ", b"\n", b"null", b"true", b"0", b'""', b"[]", b"{}", b"[{}]", b'{"reference"', b"{,}",
    b'{"reference":"A",}', b"{'reference':'A'}", b'{"reference":"A"}{}', b'{"reference":"A"} x',
    b'{"reference":NaN}', b'{"reference":"A","x":Infinity}', b'{"x":-Infinity,"reference":"A"}',
    b'{"reference":"A","reference":"B"}', b'{"reference":"A","x":{"a":1,"a":1}}',
    b'{"reference":"A","people":[{"role":"child","role":"victim"}]}',
    b"[" * 100_000, b'{"a":' * 100_000, b"[" * 900 + b"]" * 900, b'{"x":' * 500 + b"1" + b"}" * 500,
    b'{"reference":"A","x":' + b"[" * 950 + b"]" * 950 + b"}",
    b'{"reference":' + b"9" * 5000 + b"}", b'{"reference":"A","version":1e309}',
    b'{"reference":"A","version":-1}', b'{"reference":"A","version":10001}', b"9" * 100_000,
    b'{"reference":"A","x":' + b"9" * 5000 + b"}", b'{"reference":1.5}', b'{"reference":12345}',
    b'{"reference":"\\ud800"}', b'{"reference":"\\udfff\\ud800"}', b'{"reference":"\\u0000"}',
    b'{"reference":"A\\u0000B","officer":"\\u0007"}', b'{"\\u0000":1,"reference":"A"}',
    b'{"reference":"A","risk":{"answers":{"q\\u0000":"\\ud800"}}}', b'{"reference":"\x00"}',
    b'{"\\ud800":1,"reference":"SUR"}', b'{"reference":"\xff\xfe"}', b'{"reference":"caf\xe9"}',
    b"\xef\xbb\xbf" + WHOLE, b"\xef\xbb\xbf", b"\xef\xbb\xbf\xef\xbb\xbf{}", b"\xff\xfe",
    b"\xfe\xff\x00",     WHOLE.decode().encode("utf-16"), WHOLE.decode().encode("utf-16-be"),
    WHOLE.decode().encode("utf-32"), WHOLE.decode().encode("utf-16")[:-1], WHOLE + b"\x00",
    b'{"reference":"' + b"A" * 61 + b'"}', b'{"reference":"' + b" " * 61 + b'"}',
    b'{"reference":"A","people":{}}', b'{"reference":"A","people":[[]]}',
    b'{"reference":"A","incident":[]}',
    b'{"reference":"A","people":' + json.dumps([{"role": "child"}] * 5000).encode() + b"}",
    json.dumps({"reference": "A"} | {f"x{n}": n for n in range(20_000)}).encode(),
    json.dumps({"reference": "B", "risk": {"answers": {str(n): "" for n in range(500)}}}).encode(),
    json.dumps({"reference": "C", "incident": {"summary": "x" * 1_900_000}}).encode(),
    b'{"reference":"D","people":[{"role":"child","birth_date":"9999-12-31"}]}',
    b'{"reference":"E","people":[{"role":"child","birth_date":"0001-01-01"}]}',
    b'{"reference":"F","notified_at":"1900-01-01T00:00:00+14:00"}',
    b'{"reference":"G","incident":{"started_at":"2100-12-31T23:59:59-12:00"}}',
    b'{"reference":"H","people":[{"role":"child","age":0.5}]}',
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    b"PK\x03\x04", b"\x1f\x8b\x08", b"reference=A", b"\x00" * 1000,
]  # fmt: skip
