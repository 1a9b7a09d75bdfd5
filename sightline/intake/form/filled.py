"""What has been filled in so far: the data of a draft, and the body that it will be sent as."""

from collections import Counter
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from sightline.people.models import Presence, Role

Part = dict[str, Any]
Path = tuple[str, ...]

MOST_PEOPLE = 40  # as many as intake/schema.py takes
UNBORN = "unborn"
PARENT = "parent"


def value_at(part: Mapping[str, Any], path: Path) -> Any:
    """Return what is at a path of names, or None."""
    inside: Any = part
    for name in path:
        inside = inside.get(name) if isinstance(inside, Mapping) else None
    return inside


def put_at(part: Part, path: Path, value: Any) -> None:
    """Put a value at a path, or take away what is there when it is empty."""
    first, *rest = path
    if rest:
        inside = part.get(first) or {}
        put_at(inside, tuple(rest), value)
        value = inside
    if value in ("", None, [], {}):
        part.pop(first, None)
    else:
        part[first] = value


@dataclass(frozen=True)
class Entry:
    """A person in a draft. The number stays theirs, whoever else is removed; it is in addresses."""

    number: int
    part: Part
    called: str  # "Child 2", as in the list of what is missing

    @property
    def kind(self) -> str:
        """The role, with an unborn child as a kind of its own: what is asked differs."""
        return UNBORN if self.is_unborn else str(self.part["role"])

    @property
    def is_child(self) -> bool:
        return bool(self.part["role"] == Role.CHILD)

    @property
    def is_unborn(self) -> bool:
        return self.is_child and value_at(self.part, ("child", "presence")) == Presence.UNBORN

    @property
    def name(self) -> str:
        names = (self.part.get(name, "") for name in ("given_name", "surname"))
        return " ".join(filter(None, names))

    @property
    def title(self) -> str:
        name = self.name or ("not yet born" if self.is_unborn else "")
        return f"{self.called}: {name}" if name else self.called


class Filled:
    """The data of a draft.

    `data`: {"content": a notification's fields without people, "people": [{"number", "part"}],
    "last": the highest number ever given}. Changed in place.
    """

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        self.content: Part = data.setdefault("content", {})
        self._people: list[dict[str, Any]] = data.setdefault("people", [])

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> "Filled":
        """Make a draft's data out of a notification's content, as it is kept."""
        own = deepcopy(dict(content))
        filled = cls({})
        for part in own.pop("people", []):
            filled._append(part)
        filled.content.update(own)
        return filled

    def body(self) -> Part:
        """Return the whole notification, as a machine would send it."""
        return self.content | ({"people": [entry.part for entry in self]} if self._people else {})

    def __iter__(self) -> Iterator[Entry]:
        counts: Counter[str] = Counter()
        for kept in self._people:
            role = kept["part"]["role"]
            counts[role] += 1
            yield Entry(kept["number"], kept["part"], f"{called(role)} {counts[role]}")

    def __len__(self) -> int:
        return len(self._people)

    def find(self, number: int) -> Entry | None:
        return next((entry for entry in self if entry.number == number), None)

    @property
    def adults(self) -> list[Entry]:
        return [entry for entry in self if not entry.is_child]

    @property
    def is_full(self) -> bool:
        return len(self) >= MOST_PEOPLE

    def add(self, kind: str) -> int | None:
        """Add somebody of this kind and return their number; None when there is no more room."""
        if self.is_full:
            return None
        number = self._append({"role": Role.OTHER.value})
        self.set_kind(number, kind)
        return number

    def set_kind(self, number: int, kind: str) -> None:
        """Say who somebody is; what was said of them as a child goes when they are none."""
        if (entry := self.find(number)) is None:
            return
        was_unborn = entry.is_unborn
        entry.part["role"] = Role.CHILD.value if kind == UNBORN else kind
        if not entry.is_child:
            entry.part.pop("child", None)
        elif kind == UNBORN:
            put_at(entry.part, ("child", "presence"), Presence.UNBORN.value)
        elif was_unborn:
            put_at(entry.part, ("child", "presence"), None)

    def remove(self, number: int) -> None:
        """Take somebody out, and what was said of how others are related to them."""
        if (entry := self.find(number)) is None:
            return
        gone = entry.part["id"]
        self._people[:] = [kept for kept in self._people if kept["number"] != number]
        self._relate([r for r in self._relationships if gone not in (r["a"], r["b"])])

    def parents_of(self, child: Entry) -> list[str]:
        """Return the ids of those who are said to be this child's parents."""
        return [r["a"] for r in self._relationships if _is_parent(r, child)]

    def set_parents(self, child: Entry, parents: list[str]) -> None:
        """Say who the parents are; what else is known of how they are related stays."""
        known = self.parents_of(child)
        kept = [r for r in self._relationships if not _is_parent(r, child) or r["a"] in parents]
        new = [{"a": a, "b": child.part["id"], "kind": PARENT} for a in parents if a not in known]
        self._relate(kept + new)

    @property
    def _relationships(self) -> list[Part]:
        return list(self.content.get("relationships", []))

    def _relate(self, relationships: list[Part]) -> None:
        put_at(self.content, ("relationships",), relationships)

    def _append(self, part: Part) -> int:
        number = self.data["last"] = int(self.data.get("last", 0)) + 1
        taken = {entry.part["id"] for entry in self}
        if not part.get("id") or part["id"] in taken:
            part["id"] = f"person-{number}"
        self._people.append({"number": number, "part": part})
        return number


def called(role: str) -> str:
    """Return what somebody of this role is called in lists: "Victim", "Child"."""
    return "Adult with counter-allegation" if role == Role.BOTH_ALLEGED else Role(role).label


def _is_parent(relationship: Part, child: Entry) -> bool:
    return bool(relationship["kind"] == PARENT and relationship["b"] == child.part["id"])
