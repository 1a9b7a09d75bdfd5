"""What the rules of asking need to know of the people of some incidents.

No rule is about anybody whose record is restricted: a person asks by name, or nobody does.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Max

from sightline.intake.models import Notification
from sightline.intake.schema import Notification as Content
from sightline.people.kin import PERPETRATORS, VICTIMS
from sightline.people.models import Link, Mention, Presence, Role
from sightline.rules.research.asking import facts_in
from sightline.rules.research.parts import GRADES, RuleSet, Subject, Who
from sightline.screening.models import Screening

NEW_FOR = timedelta(days=365)  # how long a family that the team was told of is new to the area
OLDER = 65


@dataclass
class Scene:
    """One incident: the newest mention of each person in it, by person id, and what weighs."""

    incident_id: int
    grade: str = ""
    scale: int | None = None
    words: str = ""
    people: dict[int, Mention] = field(default_factory=dict)
    restricted: set[int] = field(default_factory=set)
    new: frozenset[int] = frozenset()

    @property
    def unborn(self) -> bool:
        return any(_is_unborn(mention) for mention in self.people.values())


def scenes_of(incident_ids: Collection[int], now: datetime) -> list[Scene]:
    """Return each incident with who is named in the versions that hold. Four queries."""
    found = {pk: Scene(pk) for pk in incident_ids}
    for link in _links(incident_ids):
        scene = found[link.mention.source.happened_in]
        scene.people[link.person_id] = link.mention
        if link.person.restricted_at is not None:
            scene.restricted.add(link.person_id)
        scene.grade = _grade(link.mention)
    _put_words(found)
    scales = Screening.objects.filter(incident__in=incident_ids, withdrawn_at__isnull=True)
    for pk, scale in scales.values_list("incident").annotate(Max("scale")):
        found[pk].scale = scale
    new = _new_to_area((p for scene in found.values() for p in scene.people), now)
    for scene in found.values():
        scene.new = new & scene.people.keys()
    return list(found.values())


def _links(incident_ids: Collection[int]) -> Iterator[Link]:
    links = Link.objects.filter(
        mention__source__incident__in=incident_ids,
        mention__source__superseded_at__isnull=True,
        ended_at__isnull=True,
    ).select_related("mention__source__incident", "person")
    return links.order_by("mention__source_id", "mention_id").iterator()


def _grade(mention: Mention) -> str:
    incident = mention.source.incident
    return incident.officer_grade if incident and incident.officer_grade in GRADES else ""


def _put_words(scenes: Mapping[int, Scene]) -> None:
    """Put what police wrote about each incident beside it."""
    written: dict[int, list[str]] = defaultdict(list)
    rows = Notification.objects.filter(
        source__incident__in=list(scenes), source__superseded_at__isnull=True
    ).values_list("source__incident", "content")
    for incident, content in rows.order_by("pk"):
        written[incident] += _words(Content.model_validate(content))
    for incident, words in written.items():
        scenes[incident].words = "\n".join(words)


def _words(content: Content) -> Iterable[str]:
    told, risk = content.incident, content.risk
    return (
        told.summary, told.outcome, told.substances, risk.reason, content.earlier_incidents,
        content.safety.officer_safety, *risk.answers.values(),
    )  # fmt: skip


def _new_to_area(persons: Iterable[int], now: datetime) -> frozenset[int]:
    """Those of whom the team was told as of a family new to the area."""
    told = Link.objects.filter(
        person__in=set(persons), ended_at__isnull=True,
        mention__source__contact__recorded_at__gte=now - NEW_FOR,
    )  # fmt: skip
    return frozenset(told.values_list("person", flat=True))


def subjects_of(scene: Scene, rules: RuleSet) -> Iterator[Subject]:
    """Yield everybody of an incident whom a rule may be about, as the rules know them."""
    said = facts_in(rules, scene.words)
    open_to_rules = ((p, m) for p, m in scene.people.items() if p not in scene.restricted)
    for person, mention in open_to_rules:
        facts = said | _facts(person, mention, scene)
        for who in _who(mention):
            yield Subject(key=person, who=who, years=_years(mention), facts=facts)


def _who(mention: Mention) -> Iterator[Who]:
    """In which part the rules see somebody: of each who says the other is abusive, in both."""
    if mention.role == Role.CHILD:
        yield Who.UNBORN if _is_unborn(mention) else Who.CHILD
    if mention.role in VICTIMS:
        yield Who.VICTIM
    if mention.role in PERPETRATORS:
        yield Who.PERPETRATOR


def _facts(person: int, mention: Mention, scene: Scene) -> frozenset[str]:
    named = bool(mention.school_urn or mention.school_name)
    years = _years(mention)
    at_home = bool(mention.home_educated)
    holds = {
        "expecting": scene.unborn and _may_expect(mention),
        "has_school": named,
        "home_educated": at_home,
        "no_school": mention.role == Role.CHILD and not named and not at_home,
        "new_to_area": person in scene.new,
        "disability": bool(mention.detail.get("disability")),
        "older": years is not None and years >= OLDER,
    }
    return frozenset(code for code, so in holds.items() if so)


def _may_expect(mention: Mention) -> bool:
    """The unborn child, and the victim unless he is a man."""
    return _is_unborn(mention) or (mention.role in VICTIMS and mention.sex != "M")


def _is_unborn(mention: Mention) -> bool:
    return mention.presence == Presence.UNBORN


def _years(mention: Mention) -> int | None:
    if mention.birth_date is None:
        return mention.age
    return completed_years(mention.birth_date, mention.source.on)


def completed_years(born: date, on: date) -> int:
    """Return how many years old somebody is on a day; born on 29 February, a year older on 1 March
    of other years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
