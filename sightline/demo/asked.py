"""What agencies answered in the demo's last days: known, nothing known, late, or not at all.

The bulk path: it writes the rows that answering writes, many at once.
"""

import random
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from sightline.access.cover import record_absence, set_deputy
from sightline.access.models import User
from sightline.access.roles import Perm
from sightline.common.clock import local_date
from sightline.demo.cast import Cast
from sightline.people.models import Incident, Role
from sightline.research.answering import Giver, Says, answer
from sightline.research.asking import ask_agencies
from sightline.research.commands import ask_by_hand
from sightline.research.doors import set_doors
from sightline.research.models import Asked, How, ResearchAnswer, ResearchRequest, Told

ASKED_FOR = timedelta(days=14)  # before that nobody was asked: who looks at a closed case?
ANSWERED, KNOWN = 0.86, 0.45  # of all, and of those answered
NOTES = {
    Role.CHILD: (
        "Seen with the mother, who was never alone: he answered for her.",
        "Attends every day; tired on Mondays after weekends with the father.",
        "Not brought to two of the last three appointments.",
        "Nothing that worries us: seen at home, well, chatty.",
    ),
    Role.VICTIM: (
        "She told our worker in May that he takes her telephone when he leaves the house.",
        "He comes to her appointments and waits in the room.",
    ),
    Role.PERPETRATOR: ("Missed two appointments since the spring; said that she makes him angry.",),
}


def follow(notification_ids: Sequence[int], *, at: datetime, now: datetime) -> None:
    """Ask again as scales have been set since, and write what agencies answered until `now`."""
    dice = random.Random(notification_ids[0])  # noqa: S311 - invented answers
    incidents = Incident.objects.filter(sources__notification__in=notification_ids)
    ids = list(incidents.values_list("pk", flat=True))
    ask_agencies(ids, now=min(at + timedelta(hours=16), now))
    asked = ResearchRequest.objects.filter(
        ResearchRequest.OPEN, incident__in=ids, agency__isnull=False
    )
    members = _members()
    given = [
        _answered(request, members[request.agency_id or 0], dice, now)
        for request in asked.order_by("pk")
        if members[request.agency_id or 0] and dice.random() < ANSWERED
    ]
    _write([one for one in given if one is not None], dice)


def _members() -> dict[int, list[User]]:
    """Return who may answer, by agency."""
    found: dict[int, list[User]] = defaultdict(list)
    for user in User.objects.filter(is_active=True).order_by("pk"):
        if Perm.ANSWER_RESEARCH in user.perms:
            found[user.agency_id].append(user)
    return found


def _answered(
    request: ResearchRequest, members: list[User], dice: random.Random, now: datetime
) -> ResearchAnswer | None:
    """Most answer before the clock is over, a few after it; None where that is still to come."""
    clock = request.due_at - request.asked_at
    at = request.asked_at + clock * dice.choice((0.5, 0.7, 0.8, 0.9, 0.95, 1.1))
    if at >= now:
        return None
    request.answered_at, request.nothing_known = at, dice.random() >= KNOWN
    how = How.BULK if request.nothing_known else How.OWN
    return ResearchAnswer(
        request=request, how=how, answered_at=at, answered_by=members[0], digest="demo"
    )


def _write(given: list[ResearchAnswer], dice: random.Random) -> None:
    ResearchAnswer.objects.bulk_create(given)
    by_request = {one.request_id: one for one in given}
    about = Asked.objects.filter(request__in=by_request, withdrawn_at__isnull=True)
    Told.objects.bulk_create(
        _told(one, by_request[one.request_id], dice)
        for one in about.select_related("mention").order_by("pk")
    )
    requests = [one.request for one in given]
    ResearchRequest.objects.bulk_update(requests, ["answered_at", "nothing_known"])
    for request in requests[:1]:
        set_doors(requests, by=None, now=request.answered_at or request.asked_at)


def _told(asked: Asked, given: ResearchAnswer, dice: random.Random) -> Told:
    if given.request.nothing_known:
        return Told(answer=given, asked=asked, known="nothing")
    matters = dice.choice(NOTES.get(Role(asked.mention.role), NOTES[Role.VICTIM]))
    by = given.answered_by
    return Told(
        answer=given, asked=asked, known="known",
        worker=f"{by.name}, {by.job_title}" if by else "The duty worker",
        telephone=(by.telephone if by else "") or "01632 960100",
        since=dice.choice(("spring 2025", "the birth", "September", "not known")),
        last_seen=local_date(given.answered_at) - timedelta(days=dice.randint(2, 60)),
        concern="Nothing" not in matters, matters=matters,
        may_share=dice.choice(("helping", "helping", "team")), basis="safeguarding",
    )  # fmt: skip


def be_absent(cast: Cast, *, now: datetime) -> None:
    """Housing's officer is away and has a deputy; nobody of mental health can sign in at all."""
    officer, deputy = cast.users["housing"], cast.users["housingdeputy"]
    today = local_date(now)
    set_deputy(user=officer, deputy=deputy, by=officer, now=now)
    last = today + timedelta(days=5)
    record_absence(user=officer, first=today, last=last, by=officer, now=now)


def answer_brook_lane(cast: Cast, *, now: datetime) -> None:
    """Of the family in Brook Lane some know already; probation is asked by hand."""
    incident = Incident.objects.filter(sources__notification__reference="NM-BL-5").first()
    if incident is None or ResearchAnswer.objects.filter(request__incident=incident).exists():
        return
    health, school = cast.users["health"], cast.users["keyadult1"]
    visitor = Says(
        known="known", worker="Ann Lowe, health visitor", telephone="01632 960044",
        since="Sam's birth", last_seen=local_date(now) - timedelta(days=24), concern=True,
        matters="Daniel Crowe was at every visit this year and answered for Maria.",
        may_share="helping", basis="safeguarding",
    )  # fmt: skip
    pupils = Says(
        known="known", worker="Grace Osei, safeguarding lead", telephone="01632 960051",
        since="reception", last_seen=local_date(now) - timedelta(days=2), concern=True,
        matters="Leila stays behind most afternoons and asks who will fetch her.",
        may_share="team", basis="safeguarding",
    )  # fmt: skip
    nothing = Says(known="nothing")
    for service, says, by in (
        ("health_visiting", visitor, health), ("school", pupils, school),
        ("school_nursing", nothing, health), ("early_help", nothing, cast.users["provider"]),
    ):  # fmt: skip
        _say(incident, service, says, by, now)
    daniel = incident.sources.get(superseded_at=None).mentions.get(role=Role.PERPETRATOR)
    ask_by_hand(
        incident=incident, agency=cast.agencies["probation"], service="probation", about=[daniel],
        because="He told the officer that he reports to somebody every week.",
        by=cast.users["chair"], now=now,
    )  # fmt: skip


def _say(incident: Incident, service: str, says: Says, by: User, now: datetime) -> None:
    """Answer a question the same of everybody it is about; the clock is the demo's."""
    request = ResearchRequest.objects.filter(
        ResearchRequest.OPEN, incident=incident, service=service
    ).first()
    if request is not None:
        asked = request.about.filter(withdrawn_at__isnull=True).values_list("pk", flat=True)
        giver = Giver(How.OWN, by=by)
        answer(request=request, says=dict.fromkeys(asked, says), giver=giver, now=now)
