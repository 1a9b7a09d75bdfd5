"""Finding the child that a row of a file speaks of, by notification and NHS number."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sightline.access.models import Agency
from sightline.intake.models import Notification
from sightline.people.models import Link, Mention

Asked = tuple[str, str]  # reference of the notification, NHS number


@dataclass(frozen=True)
class Found:
    """The child's mention in the notification that holds, or why there is none."""

    mention: Mention | None = None
    because: str = ""


def find_children(asked: Collection[Asked], sender: Agency) -> dict[Asked, Found]:
    """Find each child, with its incident loaded. Two queries.

    Several senders may use the same reference; then `sender`'s notification is meant.
    """
    current = _current({reference for reference, _ in asked}, sender)
    mentions = _children([n.source_id for n in current.values() if n and n.source_id])
    return {one: _find(one, current, mentions) for one in asked}


def _current(references: Collection[str], sender: Agency) -> dict[str, Notification | None]:
    """Return the notification that each reference means; None where that is not certain."""
    by_reference: dict[str, list[Notification]] = defaultdict(list)
    for notification in Notification.objects.filter(
        reference__in=references, superseded_at__isnull=True
    ).only("reference", "sender_id", "source_id"):
        by_reference[notification.reference].append(notification)
    return {reference: _meant(found, sender) for reference, found in by_reference.items()}


def _meant(found: list[Notification], sender: Agency) -> Notification | None:
    own = [notification for notification in found if notification.sender_id == sender.pk]
    certain = found if len(found) == 1 else own
    return certain[0] if len(certain) == 1 else None


def _children(source_ids: Collection[int]) -> dict[tuple[int, str], list[Mention]]:
    found: dict[tuple[int, str], list[Mention]] = defaultdict(list)
    for mention in Mention.objects.filter(
        source__in=source_ids, role="child", nhs_number__gt=""
    ).select_related("source"):
        found[mention.source_id, mention.nhs_number].append(mention)
    return found


def _find(
    asked: Asked,
    current: dict[str, Notification | None],
    mentions: dict[tuple[int, str], list[Mention]],
) -> Found:
    reference, number = asked
    if reference not in current:
        return Found(because="No notification has this reference. Import the notifications first.")
    notification = current[reference]
    if notification is None:
        return Found(because="Several senders use this reference. Choose the sender of the file.")
    if notification.source_id is None:
        return Found(because="The notification is still on its way. Send this row again later.")
    found = mentions.get((notification.source_id, number), [])
    if len(found) == 1:
        return Found(found[0])
    how_many = "More than one child" if found else "No child"
    return Found(
        because=f"{how_many} in this notification has this NHS number. Correct the number here, "
        "or the notification by a new version."
    )


def find_by_number(numbers: Collection[str]) -> dict[str, Found]:
    """Find children by NHS number alone: the newest mention of the one child who has it. One query.

    A number that nobody has is left out; one that two children have finds nobody.
    """
    links = Link.objects.filter(
        mention__nhs_number__in=[number for number in numbers if number],
        mention__role="child", ended_at__isnull=True,
    ).select_related("mention__source")  # fmt: skip
    by_number: dict[str, dict[int, Mention]] = defaultdict(dict)
    for link in links.order_by("mention_id"):
        by_number[link.mention.nhs_number][link.person_id] = link.mention
    return {number: _only(list(of.values())) for number, of in by_number.items()}


def find_by_person(ids: Collection[int]) -> dict[int, Found]:
    """Find children by our number of them: the newest mention as a child. One query."""
    links = Link.objects.filter(person__in=ids, mention__role="child", ended_at__isnull=True)
    found = {
        link.person_id: Found(link.mention)
        for link in links.select_related("mention__source").order_by("mention_id")
    }
    nobody = Found(because="No child on record has this number of ours.")
    return {pk: found.get(pk, nobody) for pk in ids}


def _only(children: list[Mention]) -> Found:
    if len(children) == 1:
        return Found(children[0])
    return Found(because="Two children on record have this NHS number. Say which by our number.")
