"""Deciding whether to tell somebody something, and writing it down: the same act opens the door."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import Http404

from sightline.access.models import Agency, AgencyKind, User
from sightline.access.queries import require
from sightline.access.roles import Perm
from sightline.audit.commands import record
from sightline.common.clock import local_date
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.people.models import Mention
from sightline.people.queries import persons_of
from sightline.rules.sharing.deciding import Answer, Given, Question, Verdict, may_tell
from sightline.rules.sharing.parts import Matter, Pack, Recipient
from sightline.sharing.commands import TOLD, Door, disclose
from sightline.sharing.models import Item, Level, Telling
from sightline.sharing.queries import may_see
from sightline.sharing.table import pack_in_force

OPEN_FOR = timedelta(days=28)
REASON = 10  # characters: fewer are no reason

# What of a person a matter opens to an agency that works with Sightline. A matter that is not
# here is told by other means, and the record says that it was.
OPENS: dict[Matter, tuple[Item, ...]] = {
    Matter.INCIDENT: (Item.IDENTITY, Item.INCIDENT),
    Matter.VOICE: (Item.IDENTITY, Item.VOICE),
    Matter.HOUSEHOLD: (Item.IDENTITY, Item.HOUSEHOLD),
    Matter.HISTORY: (Item.IDENTITY, Item.HISTORY),
    Matter.SUPPORT: (Item.IDENTITY, Item.SCHOOL),
    Matter.SCALE: (Item.IDENTITY, Item.SCALE),
    Matter.DECISION: (Item.IDENTITY, Item.DECISION),
    Matter.ACTIONS: (Item.IDENTITY, Item.ACTIONS),
}
# Nobody may tell what they may not see: whoever tells must have this item of the child.
RESTS_ON: dict[Matter, Item] = {matter: items[-1] for matter, items in OPENS.items()}

KINDS: dict[Recipient, tuple[AgencyKind, ...]] = {
    Recipient.POLICE: (AgencyKind.POLICE,),
    Recipient.SOCIAL_CARE: (AgencyKind.SOCIAL_CARE,),
    Recipient.SCHOOL: (AgencyKind.SCHOOL,),
    Recipient.HOME_EDUCATION: (AgencyKind.EDUCATION, AgencyKind.COUNCIL),
    Recipient.HEALTH_VISITOR: (AgencyKind.HEALTH,),
    Recipient.SCHOOL_NURSE: (AgencyKind.HEALTH,),
    Recipient.MIDWIFE: (AgencyKind.HEALTH,),
    Recipient.ADVOCATE: (AgencyKind.DOMESTIC_ABUSE,),
    Recipient.OUTREACH: (AgencyKind.DOMESTIC_ABUSE,),
    Recipient.EARLY_HELP: (AgencyKind.EARLY_HELP,),
    Recipient.HOUSING: (AgencyKind.HOUSING,),
    Recipient.PROBATION: (AgencyKind.PROBATION,),
    Recipient.YOUTH_JUSTICE: (AgencyKind.YOUTH_JUSTICE,),
    Recipient.PERPETRATOR_PROGRAMME: (AgencyKind.PERPETRATOR,),
}


def recipients_of(kind: AgencyKind) -> tuple[Recipient, ...]:
    """Return as whom the rows may name an agency of this kind."""
    return tuple(recipient for recipient, kinds in KINDS.items() if kind in kinds)


# The duty of Children Act 2004 s.16LA is owed to bodies of its section 11, to the designated
# agencies of section 16E, and to providers who work under arrangements with either. Not to these.
NEVER_LISTED = (Recipient.PERPETRATOR, Recipient.PUBLIC, Recipient.COURT_SERVICE)


@dataclass(frozen=True)
class Wondering:
    """What somebody wonders: may I tell this of this child to them?

    `scale`: the child's, or None. `unsafe`: ids of reasons for which agreement is not asked.
    """

    child: Mention
    matter: Matter
    to: Recipient
    scale: int | None = None
    agreed: Given = Given.NOT_ASKED
    unsafe: Collection[str] = ()
    confirmed: bool = False
    detrimental: str = ""
    treatment: Given = Given.NOT_ASKED
    data_consent: Given = Given.NOT_ASKED


def answer_to(wondering: Wondering, now: datetime, pack: Pack | None = None) -> Answer:
    """Return what the rules in force say, or those of `pack`, for whoever asks of many.

    Raises LookupError for a reason they do not know.
    """
    question = Question(
        wondering.matter, wondering.to, local_date(now), wondering.scale, wondering.agreed,
        frozenset(wondering.unsafe), wondering.confirmed,
        wondering.to not in NEVER_LISTED, settings.DUTY_TO_SHARE_FROM, wondering.detrimental,
        wondering.treatment, wondering.data_consent,
    )  # fmt: skip
    return may_tell(question, pack or pack_in_force(local_date(now)))


@transaction.atomic
def decide_telling(
    *,
    wondering: Wondering,
    told: bool,
    agency: Agency | None,
    because: str,
    key: UUID,
    by: User,
    now: datetime,
) -> Telling:
    """Write down that it was told, or was not; telling an agency opens its door to the child.

    The same `key` again returns what was decided. 404 for a child, or a matter, that the user may
    not see. Raises NotUnderstood where the decision departs from the rules without a reason, or
    the agency is not of the kind asked about; WrongMoment where the rules say never.
    """
    require(by, Perm.SEE_PERSON)
    if before := Telling.objects.filter(key=key, decided_by=by).first():
        return before
    person = _person_seen(wondering, by, now)
    answer = answer_to(wondering, now)
    because = " ".join(because.split())
    _refuse(wondering, answer, told=told, agency=agency, because=because, by=by)
    telling = Telling.objects.create(
        key=key, mention=wondering.child, matter=wondering.matter, recipient=wondering.to,
        agency=agency if told else None, told=told, extent=answer.extent or "",
        pack=answer.pack, row=answer.row, verdict=answer.verdict, ground=_ground(answer),
        scale=wondering.scale, agreed=wondering.agreed, unsafe=sorted(wondering.unsafe),
        confirmed=wondering.confirmed, duty=answer.duty, detrimental=wondering.detrimental,
        treatment=wondering.treatment, data_consent=wondering.data_consent,
        because=because, decided_at=now, decided_by=by,
    )  # fmt: skip
    _open_door(telling, wondering, person, now)
    record(
        "sharing.decided", telling, by=by, at=now, told=told, matter=wondering.matter,
        recipient=wondering.to, row=answer.row,
    )  # fmt: skip
    return telling


def _person_seen(wondering: Wondering, by: User, now: datetime) -> int:
    person = persons_of([wondering.child]).get(wondering.child.pk)
    item = RESTS_ON.get(wondering.matter, Item.IDENTITY)
    if person is None or not may_see(by, person, item, now).allowed:
        raise Http404
    return person


def _refuse(
    wondering: Wondering,
    answer: Answer,
    *,
    told: bool,
    agency: Agency | None,
    because: str,
    by: User,
) -> None:
    if told and not answer.extent:
        raise WrongMoment(
            f"This may not be told: {answer.because} If you think the rules are wrong, ask the"
            " information governance lead."
        )
    agreed_with = Verdict.SHARE if told else Verdict.DO_NOT_SHARE
    if answer.verdict is not agreed_with and len(because) < REASON:
        raise NotUnderstood("The rules say otherwise. Say in a sentence why you decide so.")
    if told and agency is not None and not _is_of_kind(agency, wondering.to):
        raise NotUnderstood(f"{agency.name} is not who was asked about. Choose another agency.")


def _is_of_kind(agency: Agency, to: Recipient) -> bool:
    return agency.closed_on is None and AgencyKind(agency.kind) in KINDS.get(to, ())


def _ground(answer: Answer) -> str:
    return f"{answer.gateway}. {answer.basis}" if answer.gateway else ""


def _open_door(telling: Telling, wondering: Wondering, person: int, now: datetime) -> None:
    """Open what was told to the agency it was told to, at the extent the rules allow."""
    items = OPENS.get(wondering.matter, ())
    if not telling.told or telling.agency is None or not items:
        return
    grant = replace(TOLD, items=items, level=Level(telling.extent), basis=telling.ground[:200])
    door = Door(telling.agency.pk, person, str(telling.pk), now + OPEN_FOR)
    disclose(grant, [door], by=telling.decided_by, now=now)
