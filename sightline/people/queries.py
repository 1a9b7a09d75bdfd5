"""Reading people: who a mention is."""

from collections.abc import Iterable

from sightline.people.models import Link, Mention


def persons_of(mentions: Iterable[Mention]) -> dict[int, int]:
    """Return the person id of each linked mention, by mention id. One query."""
    ids = [mention.pk for mention in mentions]
    links = Link.objects.filter(mention_id__in=ids, ended_at__isnull=True)
    return dict(links.values_list("mention_id", "person_id"))
