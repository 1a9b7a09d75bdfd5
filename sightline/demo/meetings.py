"""The demo's meetings: one that was held, today's with its list, and a MARAC with a repeat."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sightline.access.models import Agency
from sightline.actions.commands import AgreedAction
from sightline.actions.doing import complete
from sightline.actions.marac import hear_with_actions
from sightline.actions.record import record_facts
from sightline.common.announce import quietly
from sightline.common.clock import local_date, midnight
from sightline.demo.cast import Cast
from sightline.meetings.arranging import arrange_meeting, close_meeting
from sightline.meetings.attendance import Noted, note_attendance
from sightline.meetings.commands import decide
from sightline.meetings.dissenting import record_dissent
from sightline.meetings.lists import build_list, publish_list, standing_items
from sightline.meetings.marac.pairs import pairs_in
from sightline.meetings.marac.referring import refer_to_marac
from sightline.meetings.models import Decision, Meeting, MeetingItem
from sightline.people.models import Incident
from sightline.screening.answering import answer_from_record
from sightline.screening.models import Screening
from sightline.screening.queries import undecided

ROOM, HALL = "Room 4, Town Hall", "Council chamber"
HELD = 14  # families in an hour


def hold_meetings(cast: Cast, *, now: datetime) -> None:
    """Have meetings be held and arranged around `now`. Doing it again changes nothing."""
    if Meeting.objects.exists():
        return
    _held(cast, now)
    _send_back(cast, now)
    _marac(cast, now)
    _today(cast, now)


def _held(cast: Cast, now: datetime) -> None:
    """The last day but three on which enough was decided becomes a meeting with its minutes."""
    decisions = list(_of_one_day(now))
    if not decisions:
        return
    starts = min(one.decided_at for one in decisions) - timedelta(minutes=20)
    run = {"by": cast.users["administrator"]}
    with quietly("invitation.made"):
        meeting = arrange_meeting(
            kind="screening-meeting", starts=starts, place=ROOM, now=starts - timedelta(days=2),
            **run,
        )  # fmt: skip
        _put(meeting, decisions)
        build_list(meeting=meeting, now=starts - timedelta(hours=3), **run)
        publish_list(meeting=meeting, now=starts - timedelta(hours=3), **run)
    note_attendance(
        meeting=meeting, seen={}, now=starts,
        noted=_noted(
            cast, police=Noted("present", "Pat Okafor"), care=Noted("present", "Ruth Adeyemi"),
            health=Noted("present", "Sunita Rao"), refuge=Noted("present", "Carys Lloyd"),
            housing=Noted("deputy", "Kim Lee"), probation=Noted("apologies", "Dev Marsh"),
        ),
        **run,
    )  # fmt: skip
    record_dissent(
        decision=decisions[0], agency=cast.agencies["refuge"], now=starts + timedelta(hours=1),
        words="We hold the risk to the mother to be higher than the scale says. She told us that "
        "he has been following her since they separated.",
        by=cast.users["administrator"],
    )  # fmt: skip
    close_meeting(meeting=meeting, now=starts + timedelta(hours=1), **run)


def _of_one_day(now: datetime) -> Iterable[Decision]:
    """The decisions of the last day, three days back or more, on which families were decided on;
    whole families, fourteen at most."""
    past = Decision.objects.filter(
        decided_at__lt=midnight(now) - timedelta(days=3), replaced_at__isnull=True, meeting=None,
        imported=False,
    ).select_related("screening")  # fmt: skip
    last = past.order_by("-decided_at").first()
    if last is None:
        return
    families: set[int] = set()
    for one in past.filter(decided_at=last.decided_at).order_by("screening__incident", "pk"):
        families.add(one.screening.incident_id)
        if len(families) <= HELD:
            yield one


def _put(meeting: Meeting, decisions: Iterable[Decision]) -> None:
    """Put the families on the list and the decisions into the meeting, as `decide` does."""
    places: dict[int, MeetingItem] = {}
    for one in decisions:
        incident = one.screening.incident_id
        places.setdefault(
            incident,
            MeetingItem(
                meeting=meeting, incident_id=incident, position=len(places) + 1,
                because=["A child waits for a decision."], added_at=meeting.arranged_at,
                added_by=meeting.arranged_by, taken_at=one.decided_at, taken_by=one.decided_by,
            ),
        )  # fmt: skip
        Decision.objects.filter(pk=one.pk).update(meeting=meeting)
    MeetingItem.objects.bulk_create(places.values())


def _noted(cast: Cast, **noted: Noted) -> dict[int, Noted]:
    return {cast.agencies[key].pk: one for key, one in noted.items()}


def _send_back(cast: Cast, now: datetime) -> None:
    """Two children go back to the police, who reported them."""
    waiting = undecided(Screening.objects.filter(scale__in=(1, 2), imported=False))
    said = {
        1: (
            "THRESHOLD_NOT_MET",
            "Nobody knows of anything before; school sees a happy child.",
        ),
        2: ("CONSENT_REFUSED", "The mother says no for now; she knows whom to ring."),
    }
    for scale, (outcome, rationale) in said.items():
        if screening := waiting.filter(scale=scale).order_by("-pk").first():
            decide(
                screening=screening, outcome=outcome, rationale=rationale, by=cast.users["chair"],
                now=now - timedelta(hours=2),
            )  # fmt: skip


def _marac(cast: Cast, now: datetime) -> None:
    """Maria Moreno was heard nine days ago; last night makes it a repeat. Amy Sutton waits."""
    heard_on = midnight(now) - timedelta(days=9) + timedelta(hours=10)
    run = {"by": cast.users["administrator"]}
    first = _incident("NM-BL-4")
    if first is None or heard_on < first.started_at + timedelta(days=8, hours=12):
        return
    with quietly("invitation.made"):
        _refer(cast, first, "chair", "He broke her telephone; her mother fears for her life.",
               now=first.started_at + timedelta(hours=12))  # fmt: skip
        past = arrange_meeting(
            kind="marac", starts=heard_on, place=HALL, now=heard_on - timedelta(days=20), **run
        )
        _publish(past, cast, heard_on - timedelta(days=1))
    _hear(past, cast, heard_on)
    again = _incident("NM-BL-5")
    if again is not None:
        answer_from_record([again.pk], facts=record_facts([again.pk], now=now), now=now)
        _refer(cast, again, "idva", "", now=now - timedelta(hours=3))
    if other := _incident("NM-FR-1"):
        _refer(cast, other, "idva", "She says that he will find her wherever she goes.",
               now=now - timedelta(hours=2))  # fmt: skip
    coming = arrange_meeting(
        kind="marac", starts=midnight(now) + timedelta(days=12, hours=10), place=HALL, now=now,
        **run,
    )  # fmt: skip
    _publish(coming, cast, now)


def _publish(meeting: Meeting, cast: Cast, at: datetime) -> None:
    build_list(meeting=meeting, by=cast.users["administrator"], now=at)
    publish_list(meeting=meeting, by=cast.users["administrator"], now=at)


def _incident(reference: str) -> Incident | None:
    found = Incident.objects.filter(
        sources__notification__reference=reference, sources__superseded_at__isnull=True
    )
    return found.first()


def _refer(cast: Cast, incident: Incident, by: str, judgement: str, *, now: datetime) -> None:
    for pair in pairs_in([incident.pk]).get(incident.pk, ()):
        refer_to_marac(
            incident=incident, pair=pair, judgement=judgement, by=cast.users[by], now=now
        )


def _hear(meeting: Meeting, cast: Cast, at: datetime) -> None:
    administrator = cast.users["administrator"]
    note_attendance(
        meeting=meeting, seen={}, by=administrator, now=at,
        noted=_noted(
            cast, police=Noted("present", "Pat Okafor"), refuge=Noted("present", "Carys Lloyd"),
            care=Noted("present", "Tom Bright"), probation=Noted("present", "Dev Marsh"),
            housing=Noted("apologies", "Kim Lee"), health=Noted("deputy", "Ann Price"),
        ),
    )  # fmt: skip
    agencies = cast.agencies
    for item in standing_items(meeting):
        hear_with_actions(
            item=item, by=administrator, now=at + timedelta(minutes=15),
            summary="He controls her telephone and her money, and it is getting worse. She wants "
            "to stay in her home and wants him kept away from it.",
            actions=[
                _task(agencies["refuge"], "Safety plan with the victim, at her mother's", at, 5),
                _task(agencies["police"], "Marker on the address; an officer named", at, 2),
                _task(agencies["probation"], "Place on the perpetrator programme", at, 21),
            ],
        )  # fmt: skip
    close_meeting(meeting=meeting, by=administrator, now=at + timedelta(hours=2))
    _do(meeting, cast, at)


def _do(meeting: Meeting, cast: Cast, at: datetime) -> None:
    """The refuge has done its part; the others have said nothing yet."""
    for hearing in meeting.hearings.all():
        complete(
            action=hearing.actions.get(agency=cast.agencies["refuge"]), by=cast.users["idva"],
            note="Plan made with her at her mother's. A code word is agreed with her sister.",
            now=at + timedelta(days=3),
        )  # fmt: skip


def _task(agency: Agency, what: str, at: datetime, days: int) -> AgreedAction:
    return AgreedAction(agency, what, _day(at, days))


def _day(at: datetime, days: int) -> date:
    return local_date(at) + timedelta(days=days)


def _today(cast: Cast, now: datetime) -> None:
    """Today's meeting begins within the hour: its list is published, half have said who comes."""
    starts = (now + timedelta(minutes=25)).replace(second=0, microsecond=0)
    starts += timedelta(minutes=-starts.minute % 5)
    administrator = cast.users["administrator"]
    meeting = arrange_meeting(
        kind="screening-meeting", starts=starts, place=ROOM, by=administrator,
        now=now - timedelta(days=1),
    )  # fmt: skip
    _publish(meeting, cast, now)
    note_attendance(
        meeting=meeting, seen={}, by=administrator, now=now,
        noted=_noted(
            cast, police=Noted("present", "Pat Okafor"), health=Noted("deputy", "Ann Price"),
            care=Noted("present", "Ruth Adeyemi"), probation=Noted("apologies", "Dev Marsh"),
        ),
    )  # fmt: skip
