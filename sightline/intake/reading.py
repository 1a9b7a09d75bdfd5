"""From what a sender wrote to a Notification: tolerant of form, strict about sense."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from pydantic import BaseModel, ValidationError

from sightline.common.errors import NotUnderstood
from sightline.intake.schema import Notification, Part, clean_text

Place = tuple[str | int, ...]

ENOUGH = 50  # reasons or notes: somebody has to read them

# What pydantic says of these speaks of Python, not of notifications.
IN_OUR_WORDS = {
    "missing": "is missing",
    "model_type": "must be an object with named fields",
    "dict_type": "must be an object with named fields",
    "list_type": "must be a list",
    "string_type": "must be text",
}


@dataclass(frozen=True)
class Problem:
    """What is wrong with a body, and where in it."""

    place: Place
    what: str


def read(body: Any) -> tuple[Notification, list[str]]:
    """Return the notification and notes on what had no field.

    Raises NotUnderstood with one reason a problem, each naming the field and what to do.
    """
    if not isinstance(body, Mapping):
        raise NotUnderstood("The notification must be an object with named fields.")
    found = understand(body)
    if not isinstance(found, Notification):
        raise NotUnderstood(*_first(map(_reason, found), "problems"))
    names = (f"no field for {name}; kept in the original" for name in _unknown(body, found))
    return found, _first(names, "fields")


def understand(body: Mapping[str, Any]) -> Notification | list[Problem]:
    """Return the notification, or every problem with the body.

    No problem quotes what was written, which may be personal.
    """
    try:
        return Notification.model_validate(dict(body))
    except ValidationError as error:
        return [_problem(problem) for problem in error.errors(include_input=False)]


def shown(name: object) -> str:
    """Return a field's name as it may be kept and shown, however hostile it is."""
    return clean_text(str(name))[:60]


def _problem(problem: Any) -> Problem:
    bounds = problem.get("ctx", {})
    what = IN_OUR_WORDS.get(problem["type"], problem["msg"])
    if bounds.get("field_type") == "Value":  # a text: that it is one is not known to pydantic here
        most = bounds.get("max_length")
        what = f"must have no more than {most} characters" if most else "is empty"
    return Problem(problem["loc"], what)


def _reason(problem: Problem) -> str:
    place = ".".join(map(shown, problem.place)) or "notification"
    return f"{place}: {problem.what}. Correct it and send it again."


def _first(lines: Iterable[str], what: str) -> list[str]:
    """Return as many lines as somebody may read, and how many there are beyond these."""
    every = iter(lines)
    kept = list(islice(every, ENOUGH))
    more = sum(1 for _ in every)
    return [*kept, f"and {more} more {what} of this kind"] if more else kept


def _unknown(body: Mapping[str, Any], model: BaseModel, path: str = "") -> Iterator[str]:
    """Yield the dotted names of fields in `body` that the schema does not have."""
    for name, value in body.items():
        if name not in type(model).model_fields:
            yield f"{path}{shown(name)}"
            continue
        inside = getattr(model, name)
        if isinstance(inside, Part) and isinstance(value, Mapping):
            yield from _unknown(value, inside, f"{path}{name}.")
        elif isinstance(inside, list) and inside and isinstance(inside[0], Part):
            for number, (given, item) in enumerate(zip(value, inside, strict=False)):
                yield from _unknown(given, item, f"{path}{name}.{number}.")
