"""A person comes into being only where a mention was compared with everybody known, or parted.

Nobody makes a person by hand: people are written down as mentions of a source, and linking finds
who they are. A family that is recorded is searched for before that (tests/intake).
"""

import ast

import pytest

from tests.policy.walk import ROOT

# Where linking, looking again, parting and undoing write persons; reading.py only builds them.
MAY_MAKE = {
    "sightline/people/linking.py", "sightline/people/again/applying.py",
    "sightline/people/changes.py", "sightline/people/reading.py",
}  # fmt: skip
MAKING = {"create", "bulk_create", "get_or_create", "update_or_create"}
FILES = sorted(
    path for path in (ROOT / "sightline").rglob("*.py") if "migrations" not in path.parts
)


def _imports_person(node: ast.ImportFrom) -> bool:
    return node.module == "sightline.people.models" and "Person" in {n.name for n in node.names}


def _makes_persons(code: str) -> bool:
    """Whether code calls new_person, or makes rows of the Person of sightline.people."""
    nodes = list(ast.walk(ast.parse(code)))
    calls = [ast.unparse(node.func) for node in nodes if isinstance(node, ast.Call)]
    ours = any(_imports_person(node) for node in nodes if isinstance(node, ast.ImportFrom))
    made = {f"Person.objects.{verb}" for verb in MAKING} if ours else set()
    return any(call in made or call.endswith("new_person") for call in calls)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_person_is_made_only_where_mentions_are_compared(path):
    if str(path.relative_to(ROOT)) not in MAY_MAKE:
        assert not _makes_persons(path.read_text("utf-8")), (
            "write the people down as a source (people.commands.record_sources) and link it"
        )


@pytest.mark.parametrize("path", sorted(MAY_MAKE))
def test_those_that_may_do(path):
    assert _makes_persons((ROOT / path).read_text("utf-8")) or path.endswith("reading.py")


@pytest.mark.parametrize(
    "code",
    [
        "from sightline.people.models import Person\nPerson.objects.create()",
        "from sightline.people.reading import new_person\nnew_person(m, now=n)",
        "from sightline.people import reading\nreading.new_person(m, now=n)",
    ],
)
def test_making_one_elsewhere_is_found(code):
    assert _makes_persons(code)


def test_a_row_of_another_person_is_left_alone():
    assert not _makes_persons("from sightline.intake.schema import Person\nPerson(role='child')")
