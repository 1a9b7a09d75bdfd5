"""Who hangs together, held beside walking from number to number."""

from hypothesis import given
from hypothesis import strategies as st

from sightline.linkage.components import components

NUMBERS = st.integers(0, 30)


@given(edges=st.lists(st.tuples(NUMBERS, NUMBERS), max_size=40))
def test_what_edges_connect_has_its_lowest_number(edges: list[tuple[int, int]]) -> None:
    reached = {number: _reached(number, edges) for edge in edges for number in edge}
    assert components(edges) == {number: min(there) for number, there in reached.items()}


def _reached(number: int, edges: list[tuple[int, int]]) -> set[int]:
    there = {number}
    while more := {n for edge in edges if there & set(edge) for n in edge} - there:
        there |= more
    return there
