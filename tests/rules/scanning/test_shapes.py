"""Where no address belongs at all, its shape is enough."""

import pytest

from sightline.rules.scanning.shapes import HELD_BACK, without_addresses


@pytest.mark.parametrize(
    "text",
    [
        "12 Brook Lane", "12a brook ln", "Flat 3, 12 St Wilfrid's Road", "at ZZ9 4QT", "zz94qt",
        "call 07700 900123", "+44 (0)7700 900-123", "01632960100", "１２ Brook Lane",
    ],
)  # fmt: skip
def test_it_is_taken_out(text):
    assert HELD_BACK in without_addresses(f"event: {text}!")


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-22T08:43:38.123456Z", "8b0c3c7e-9d5b-4c3e-8a41-0123456789ab", "127.0.0.1:8000",
        "sightline/vault/scanning.py:112 scan", "GET /people/12/family/", "request_finished",
        "duration 0.012345678", "attempt 3 of 150", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b",
    ],
)  # fmt: skip
def test_ids_moments_and_places_in_the_code_stay(text):
    assert without_addresses(text) == text
