"""Every action that can come at the wrong moment has a test: a clear message, nothing changed.

An action is a public function with `by` and `now`, in the apps of the team's working day. Its test
calls it, or a helper that does, inside `pytest.raises(WrongMoment)`.
"""

import ast
import importlib
import inspect
import pkgutil
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parent.parent
APPS = ("screening", "research", "meetings", "actions", "escalation")
REFUSALS = {"WrongMoment", "ChangedMeanwhile", "AnsweredMeanwhile", "NotedMeanwhile"}
PART = "a part of other actions, which say when"
# No moment is the wrong one for these, and why.
ALWAYS = {
    "mark_taken": PART,
    "open_door": PART,
    "open_doors": PART,
    "open_pairs": PART,
    "send_back": PART,
    "set_doors": PART,
    "write_down": PART,
    "answer_nothing": "what was answered or withdrawn meanwhile is left as it is, and so said",
    "ask_by_hand": "whoever is in an incident may be asked about whenever somebody has a reason",
    "mark_read": "looking at a family is no change to it; it is written down once",
    "read_feedback": "as above",
    "read_return": "as above",
    "withdraw_dissent": "an agency may agree after all with a decision that was replaced, too",
}


def commands() -> dict[str, str]:
    """Every action by name, with its module."""
    found = {}
    for app in APPS:
        package = importlib.import_module(f"sightline.{app}")
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not {"migrations", "views"} & set(module.name.split(".")):
                found |= _in(importlib.import_module(module.name))
    return found


def _in(module) -> dict[str, str]:
    return {
        name: module.__name__
        for name, one in inspect.getmembers(module, inspect.isfunction)
        if one.__module__ == module.__name__ and not name.startswith("_") and _is_action(one)
    }


def _is_action(function) -> bool:
    kinds = {name: p.kind for name, p in inspect.signature(function).parameters.items()}
    keyword = inspect.Parameter.KEYWORD_ONLY
    return kinds.get("by") is keyword and kinds.get("now") is keyword


@cache
def tried() -> frozenset[str]:
    """Every name that tests call where a wrong moment is expected, through their helpers too."""
    helpers: dict[str, set[str]] = defaultdict(set)
    called: set[str] = set()
    for path in TESTS.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                helpers[node.name] |= set(_called(node))
                called |= set(_refused(node))
    return frozenset(_reached(called, helpers))


def _refused(test: ast.FunctionDef) -> Iterator[str]:
    """What a function calls while it expects a refusal; of its own arguments, all they may be."""
    own = {argument.arg for argument in test.args.args}
    for node in ast.walk(test):
        if isinstance(node, ast.With) and any(map(_expects_refusal, node.items)):
            names = set(_called(node))
            yield from names
            if names & own:
                yield from (n.id for d in test.decorator_list for n in _all(d, ast.Name))
            yield from _in_turn(test, node)


def _in_turn(test: ast.FunctionDef, refusal: ast.With) -> Iterator[str]:
    """What is tried one after the other: `for change in (lambda: ..., ...): with raises`."""
    for loop in _all(test, ast.For):
        if refusal in ast.walk(loop):
            yield from _called(loop.iter)


def _expects_refusal(item: ast.withitem) -> bool:
    call = item.context_expr
    if not isinstance(call, ast.Call) or not call.args:
        return False
    return isinstance(call.args[0], ast.Name) and call.args[0].id in REFUSALS


def _called(node: ast.AST) -> Iterator[str]:
    for call in _all(node, ast.Call):
        if isinstance(call.func, ast.Name):
            yield call.func.id
        elif isinstance(call.func, ast.Attribute):
            yield call.func.attr


def _all(node: ast.AST, kind):
    return [inner for inner in ast.walk(node) if isinstance(inner, kind)]


def _reached(called: set[str], helpers: dict[str, set[str]]) -> set[str]:
    todo, reached = set(called), set()
    while todo:
        name = todo.pop()
        reached.add(name)
        todo |= helpers.get(name, set()) - reached
    return reached


ACTIONS = commands()


def test_there_are_actions_and_none_is_excused_that_is_gone():
    assert len(ACTIONS) > 30
    assert set(ALWAYS) <= set(ACTIONS)


@pytest.mark.parametrize("name", sorted(set(ACTIONS) - set(ALWAYS)))
def test_every_action_has_a_test_of_the_wrong_moment(name):
    assert name in tried(), (
        f"test {ACTIONS[name]}.{name} at the wrong moment, or say why there is none"
    )
