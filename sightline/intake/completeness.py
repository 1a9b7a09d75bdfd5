"""What a notification should say, and how much of it this one says.

The list is what reviews found missing: how officers engaged with the child, the child's words and
demeanour, the school, whether the child was there (JTAI 2017; scrutiny in Stockton, 2021).
"""

from collections.abc import Iterator

from sightline.intake.schema import ChildPart, Notification, Person

CALLED = {"both_alleged": "adult with counter-allegation", "other": "other adult"}


def _name(person: Person, number: int) -> str:
    # Numbers, never names: the list travels in receipts and logs of the sender's system.
    return f"{CALLED.get(person.role, person.role)} {number}"


def _of_child(child: ChildPart, who: str) -> Iterator[tuple[str, bool]]:
    yield f"{who}: present or not", child.presence not in ("", "not_known")
    if child.presence == "unborn":
        yield f"{who}: expected date of birth", child.expected_birth is not None
        return
    yield (
        f"{who}: school or setting",
        bool(child.school_name or child.school_urn or child.home_educated),
    )
    yield f"{who}: spoken to alone or not", child.spoken_to_alone != ""
    yield f"{who}: what the child said", bool(child.words)
    yield f"{who}: how the child seemed", bool(child.demeanour)
    if child.presence in ("in_the_room", "in_the_home", "visiting"):
        yield f"{who}: what the child saw or heard", bool(child.saw_or_heard)


def _of_person(person: Person, number: int) -> Iterator[tuple[str, bool]]:
    who = _name(person, number)
    child = person.child or ChildPart()
    if child.presence != "unborn":
        yield f"{who}: name", bool(person.given_name and person.surname)
        yield f"{who}: date of birth", person.birth_date is not None
    if person.role == "child":
        yield from _of_child(child, who)


def _asked(content: Notification) -> Iterator[tuple[str, bool]]:
    """Yield every thing asked for and whether it is there."""
    incident, roles = content.incident, {person.role for person in content.people}
    yield "date and time of the notification", content.notified_at is not None
    yield "date and time of the incident", incident.started_at is not None
    yield "address of the incident", bool(incident.address.lines)
    yield "postcode of the incident", bool(incident.address.postcode)
    yield "what happened", bool(incident.summary)
    yield "risk tool", bool(content.risk.tool)
    yield "officer's grade", content.risk.officer_grade != ""
    yield "a victim", bool(roles & {"victim", "both_alleged"})
    yield "a perpetrator", bool(roles & {"perpetrator", "both_alleged"})
    yield "a child", "child" in roles
    counts: dict[str, int] = {}
    for person in content.people:
        counts[person.role] = counts.get(person.role, 0) + 1
        yield from _of_person(person, counts[person.role])


def completeness(content: Notification) -> tuple[int, list[str]]:
    """Return the share of what is asked for that is there (0 to 100), and what is missing."""
    asked = list(_asked(content))
    missing = [what for what, there in asked if not there]
    return round(100 * (len(asked) - len(missing)) / len(asked)), missing
