"""Reading people: who a mention is, who somebody was joined with, and who else they may be."""

from collections.abc import Iterable

from django.db import connection
from django.db.models import Q, QuerySet

from sightline.common.wall import Purpose, acting_for
from sightline.people.models import Link, LinkChange, Mention, NotSameSide, Person


def persons_of(mentions: Iterable[Mention]) -> dict[int, int]:
    """Return the person id of each linked mention, by mention id. One query."""
    ids = [mention.pk for mention in mentions]
    links = Link.objects.filter(mention_id__in=ids, ended_at__isnull=True)
    return dict(links.values_list("mention_id", "person_id"))


@acting_for(Purpose.CHECKING)
def now_known_as(person_id: int) -> int | None:
    """Return who somebody is now whose mentions were all linked to one other person, or None."""
    links = Link.objects.filter(person=person_id)
    if links.filter(ended_at__isnull=True).exists():
        return None
    went = links.filter(ended_in__isnull=False, ended_in__undone_at__isnull=True)
    now_linked = Link.objects.filter(mention__in=went.values("mention"), ended_at__isnull=True)
    persons = set(now_linked.values_list("person_id", flat=True))
    return persons.pop() if len(persons) == 1 else None


def changes_of(person_id: int) -> QuerySet[LinkChange]:
    """Return every change that moved mentions to or from a person, or kept it apart from another,
    newest first."""
    apart = NotSameSide.objects.filter(mention__links__person=person_id)
    about = (
        Q(pk__in=Link.objects.filter(person=person_id).values("made_in"))
        | Q(pk__in=Link.objects.filter(person=person_id).values("ended_in"))
        | Q(pk__in=apart.values("not_same__change"))
    )
    changes = LinkChange.objects.filter(about).select_related("decided_by", "undone_by")
    return changes.order_by("-pk")


@acting_for(Purpose.CHECKING)  # a change is shown to whoever may see all of them
def persons_in(changes: Iterable[LinkChange]) -> dict[int, set[int]]:
    """Return for each change everybody whose mentions it moved or kept apart, as they are linked
    now, and from or to whom it moved them, as far as they have any mention left. Four queries."""
    ids = [change.pk for change in changes]
    moved = Link.objects.filter(Q(made_in__in=ids) | Q(ended_in__in=ids))
    rows = list(moved.values_list("made_in_id", "ended_in_id", "mention_id", "person_id"))
    apart = NotSameSide.objects.filter(not_same__change__in=ids)
    sides = list(apart.values_list("not_same__change_id", "mention_id"))
    mentions = {mention for _, _, mention, _ in rows} | {mention for _, mention in sides}
    who = dict(_linked().filter(mention__in=mentions).values_list("mention_id", "person_id"))
    persons = {person for *_, person in rows}
    left = set(_linked().filter(person__in=persons).values_list("person_id", flat=True))
    found: dict[int, set[int]] = {change: set() for change in ids}
    for made, ended, mention, person in rows:
        for change in {made, ended} & found.keys():
            found[change] |= {who[mention], *({person} & left)}
    for change, mention in sides:
        found[change].add(who[mention])
    return found


LIKELY = 8
READ = 60  # mentions read of each key: a common one tells little

SHARE_MOST = """
    select link.person_id
    from people_link own
    join people_linkkey mine on mine.mention_id = own.mention_id
    cross join lateral (
        select mention_id from people_linkkey where key = mine.key
        order by mention_id desc limit %(read)s
    ) other
    join people_link link on link.mention_id = other.mention_id and link.ended_at is null
    where own.person_id = %(person)s and own.ended_at is null
    group by link.person_id
    order by count(distinct mine.key) desc, link.person_id
"""


def likely_the_same(person_id: int, among: QuerySet[Person]) -> list[Person]:
    """Return those of `among` who share most keys with a person: whom one would compare it with.

    Nobody who is mentioned beside the person, and nobody of whom a human said that they are not the
    same. At most eight, the likeliest first.
    """
    with acting_for(Purpose.CHECKING), connection.cursor() as cursor:
        cursor.execute(SHARE_MOST, {"person": person_id, "read": READ})
        in_order = [person for (person,) in cursor.fetchall()]
        wanted = set(in_order) - {person_id} - _beside(person_id) - _kept_apart_from(person_id)
    found = among.in_bulk(wanted)
    return [found[person] for person in in_order if person in found][:LIKELY]


def _beside(person_id: int) -> set[int]:
    """Return who is mentioned in a document with the person: nobody is two people in one."""
    own = _linked().filter(person=person_id, mention__source__superseded_at__isnull=True)
    there = _linked().filter(mention__source__in=own.values("mention__source"))
    return set(there.values_list("person_id", flat=True))


def _kept_apart_from(person_id: int) -> set[int]:
    own = NotSameSide.objects.filter(
        mention__in=_linked().filter(person=person_id).values("mention"),
        not_same__ended_at__isnull=True,
    )
    others = (
        NotSameSide.objects.filter(not_same=said, mention__links__ended_at__isnull=True)
        .exclude(side=side)
        .values_list("mention__links__person", flat=True)
        for said, side in own.values_list("not_same", "side").distinct()
    )
    return {person for some in others for person in some}


def _linked() -> QuerySet[Link]:
    return Link.objects.filter(ended_at__isnull=True)
