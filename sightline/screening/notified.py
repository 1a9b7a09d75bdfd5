"""What the notification says of a child and of the incident, as far as a user may see it."""

from collections.abc import Iterator
from dataclasses import dataclass

from sightline.intake.models import Notification
from sightline.intake.schema import Notification as Content
from sightline.people.models import Mention, Presence
from sightline.screening.sight import Opened
from sightline.sharing.models import Item

YES_NO = {"yes": "Yes", "no": "No", "not_known": "Not known"}
HELD_BACK = (
    "What happened is held back: it speaks of people who have not been shared with your agency."
)
FURTHER = ("weapons", "injuries", "damage", "substances", "outcome")


@dataclass(frozen=True)
class Notified:
    """Facts with their headings, as police wrote them, and what is held back, in words."""

    source: str
    of_child: tuple[tuple[str, str], ...]
    of_incident: tuple[tuple[str, str], ...]
    held_back: str


def notified(opened: Opened) -> Notified:
    """Return what may be shown beside the questions about one child. One query."""
    mention = opened.screening.mention
    kept = Notification.objects.filter(source=mention.source_id).only("content").first()
    content = Content.model_validate(kept.content) if kept else Content(reference="none")
    whole = opened.sight.sees_all(Item.INCIDENT)
    return Notified(
        source=mention.source.label,
        of_child=tuple(_written(_of_child(opened, mention))),
        of_incident=tuple(_written(_of_incident(opened, content))) if whole else (),
        held_back="" if whole else HELD_BACK,
    )


def _written(facts: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    return ((heading, words) for heading, words in facts if words)


def _of_child(opened: Opened, mention: Mention) -> Iterator[tuple[str, str]]:
    if opened.sees(Item.INCIDENT):
        yield "At the incident", presence_words(mention)
    if opened.sees(Item.VOICE) and mention.presence != Presence.UNBORN:
        yield "Saw or heard", mention.saw_or_heard
        yield "Spoken to alone", YES_NO.get(mention.spoken_to_alone, "Not said")
        yield "The child's words", mention.words
        yield "How the child seemed", mention.demeanour
        yield "Injuries of the child", mention.detail.get("injuries", "")
        yield "Concern", mention.detail.get("concern", "")
    if opened.sees(Item.IDENTITY):
        yield "School", mention.school_name


def presence_words(mention: Mention) -> str:
    """Return whether a child was there, and where, as "Present, in the room: kitchen"."""
    words = Presence(mention.presence or Presence.NOT_KNOWN).label
    return f"{words}: {mention.where_in_home}" if mention.where_in_home else words


def _of_incident(opened: Opened, content: Content) -> Iterator[tuple[str, str]]:
    yield "What happened", opened.screening.incident.summary
    for part in FURTHER:
        yield part.capitalize(), getattr(content.incident, part)
    grade = content.risk.supervisor_grade or content.risk.officer_grade
    tool = f" ({content.risk.tool})" if content.risk.tool else ""
    yield "Police grade", f"{grade.capitalize()}{tool}" if grade else ""
    yield "Why that grade", content.risk.reason
    yield "Earlier incidents, as police know", content.earlier_incidents
