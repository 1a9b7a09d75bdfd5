"""May I tell this of this child to them? What the page needs to ask the rules and to write down."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.http import Http404

from sightline.access.models import Agency, User
from sightline.encompass.models import Notice
from sightline.people.models import Mention, Person, Role
from sightline.rules.sharing.deciding import Answer, Verdict
from sightline.rules.sharing.describe import EXTENTS
from sightline.rules.sharing.parts import Recipient
from sightline.screening.models import Screening
from sightline.sharing.models import Telling
from sightline.sharing.queries import person_or_404
from sightline.sharing.telling import KINDS

LATELY = 20  # decisions shown below the question
VERDICTS = {
    Verdict.SHARE: ("Yes", "done"),
    Verdict.ASK_FIRST: ("Not yet", "due"),
    Verdict.DO_NOT_SHARE: ("No", "late"),
}


@dataclass(frozen=True)
class Child:
    """The child somebody wonders about: who it is, the newest mention, the scale as it stands."""

    person: Person
    mention: Mention
    scale: int | None


def child_or_404(user: User, person_id: int, *, now: datetime) -> Child:
    """Load, authorise and log. 404 for an adult too: rules are asked in the name of a child."""
    person, _ = person_or_404(user, person_id, page="may-i-tell", now=now)
    mentions = _as_a_child(person_id)
    mention = mentions.order_by("-source__recorded_at", "-pk").first()
    if mention is None:
        raise Http404
    screened = Screening.objects.filter(
        mention__in=mentions, withdrawn_at__isnull=True, scale__isnull=False
    )
    newest = screened.order_by("-opened_at", "-pk").values_list("scale", flat=True).first()
    return Child(person, mention, newest)


def is_child(person_id: int) -> bool:
    """Whether a source names this person as a child."""
    return _as_a_child(person_id).exists()


def _as_a_child(person_id: int) -> QuerySet[Mention]:
    return Mention.objects.filter(
        links__person=person_id, links__ended_at__isnull=True, role=Role.CHILD
    )


def agencies_for(to: Recipient, child: Child) -> list[Agency]:
    """Return the agencies in Sightline that may be meant.

    Of schools only those that a message about this child was made for: a long list of schools is
    how the wrong one is told.
    """
    kinds = KINDS.get(to, ())
    found = Agency.objects.filter(kind__in=kinds, closed_on__isnull=True)
    if to is Recipient.SCHOOL:
        told = Notice.objects.filter(
            mention__links__person=child.person, mention__links__ended_at__isnull=True,
            withdrawn_at__isnull=True,
        )  # fmt: skip
        found = found.filter(school__in=told.values("school"))
    return list(found.order_by("name"))


@dataclass(frozen=True)
class Shown:
    """An answer as the page shows it: `word` and its kind of tag, and rows of (key, words)."""

    word: str
    kind: str
    rows: tuple[tuple[str, str], ...]
    may_tell: bool
    agrees: Mapping[bool, bool]  # whether telling, and not telling, is what the rules say


def shown(answer: Answer) -> Shown:
    """Return the answer in words."""
    word, kind = VERDICTS[answer.verdict]
    if answer.extent:
        word = f"{word}, {EXTENTS[answer.extent]}" if answer.verdict is Verdict.SHARE else word
    rows = (
        ("Why", answer.because),
        ("First make sure", answer.confirm),
        ("Leave out", "; ".join(answer.limits)),
        ("Say with it", " ".join(answer.say)),
        ("Do not ask the family", " ".join(answer.do_not_ask)),
        ("Ground", f"{answer.gateway}. {answer.basis}" if answer.gateway else ""),
        ("Rule", f"{answer.row}, {answer.pack}" if answer.row else f"none in {answer.pack}"),
    )
    return Shown(
        word,
        kind,
        tuple(row for row in rows if row[1]),
        may_tell=bool(answer.extent),
        agrees={
            True: answer.verdict is Verdict.SHARE,
            False: answer.verdict is Verdict.DO_NOT_SHARE,
        },
    )


def told_before(child: Child, user: User) -> list[Telling]:
    """Return what this agency decided before about telling of this child, newest first."""
    decided = Telling.objects.filter(
        mention__links__person=child.person, mention__links__ended_at__isnull=True,
        decided_by__agency=user.agency_id,
    )  # fmt: skip
    newest = decided.select_related("decided_by", "agency").order_by("-decided_at", "-pk")
    return list(newest[:LATELY])
