"""From what a sender wrote to a Notification: tolerant of form, strict about sense."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from sightline.common.errors import NotUnderstood
from sightline.intake.schema import Notification, Part

Place = tuple[str | int, ...]


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
        raise NotUnderstood(*map(_reason, found))
    return found, [f"no field for {name}; kept in the original" for name in _unknown(body, found)]


def understand(body: Mapping[str, Any]) -> Notification | list[Problem]:
    """Return the notification, or every problem with the body.

    No problem quotes what was written, which may be personal.
    """
    try:
        return Notification.model_validate(dict(body))
    except ValidationError as error:
        return [Problem(problem["loc"], problem["msg"]) for problem in error.errors()]


def _reason(problem: Problem) -> str:
    place = ".".join(map(str, problem.place)) or "notification"
    return f"{place}: {problem.what}. Correct it and send it again."


def _unknown(body: Mapping[str, Any], model: BaseModel, path: str = "") -> Iterator[str]:
    """Yield the dotted names of fields in `body` that the schema does not have."""
    for name, value in body.items():
        if name not in type(model).model_fields:
            yield f"{path}{str(name)[:60]}"
            continue
        inside = getattr(model, name)
        if isinstance(inside, Part) and isinstance(value, Mapping):
            yield from _unknown(value, inside, f"{path}{name}.")
        elif isinstance(inside, list) and inside and isinstance(inside[0], Part):
            for number, (given, item) in enumerate(zip(value, inside, strict=False)):
                yield from _unknown(given, item, f"{path}{name}.{number}.")
