"""Numbers as they were published, and what stands where there is none."""

from decimal import Decimal

import pytest

from sightline.rules.statistics.symbols import read_cell


@pytest.mark.parametrize(
    ("written", "value"),
    [("162890", 162890), ("1,204", 1204), (" 22.6 ", "22.6"), ("21%", 21), ("0", 0)],
)
def test_a_number_is_read_as_it_is(written, value):
    assert read_cell(written).value == Decimal(value)


@pytest.mark.parametrize("symbol", ["c", "C", "[c]", "z", "x", ":", "low", "k", "u", "", "..", "-"])
def test_a_symbol_is_never_nothing(symbol):
    found = read_cell(symbol)
    assert found.value is None
    assert found.symbol == symbol.lower().strip("[]")
    assert found.meaning


@pytest.mark.parametrize("written", ["many", "NaN", "inf", "1.2.3"])
def test_what_is_neither_is_refused(written):
    with pytest.raises(ValueError, match="neither a number nor a known symbol"):
        read_cell(written)
