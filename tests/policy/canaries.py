"""A world in which every safe address, safe number and restricted name is a canary, with one of
everything that a page, a letter or a paper is made of: of a family with a safe address, and of one
whose child was restricted after all of it had happened."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import uuid4

from sightline.actions.commands import AgreedAction, decide_with_actions
from sightline.actions.models import Action
from sightline.assurance.commands import record_audit
from sightline.common.announce import quietly
from sightline.encompass.models import Notice
from sightline.escalation.models import Escalation
from sightline.escalation.raising import escalate
from sightline.letters.commands import write_letters
from sightline.meetings.models import Meeting, MeetingItem
from sightline.rules.vault.contact import Contact
from sightline.screening.commands import set_scale
from sightline.screening.models import Screening
from sightline.sharing.restricting import Whom, restrict
from sightline.vault.entries import Address
from sightline.vault.keeping import keep_address, keep_contact
from tests.policy.opened import one_of_everything
from tests.world import DANIEL, IVY, LEILA, MARIA, NOW, SAM, World, notification

SAFE = re.compile(r"(?i)canary quay|zz8 ?7cn|900731|lanternfish|canary sister|900732")
RESTRICTED = re.compile(r"(?i)zephyrine|canarsie")
FROM_POLICE = {
    "safe_contact": {"method": "Text her canary sister, 07700 900732", "when": "after ten"},
    "safe_address": {"lines": "732 Canary Quay, Farholt", "postcode": "ZZ8 7CN"},
}
ZEPHYRINE = {
    "id": "z", "role": "child", "given_name": "Zephyrine", "surname": "Canarsie",
    "birth_date": "2014-02-03", "sex": "F",
    "child": {"presence": "in_the_room", "school_name": "Castlebrook High School"},
}  # fmt: skip
THEMES = ("risk", "impact", "agencies", "perpetrator", "voice")
Ids = Mapping[str, Sequence[object]]  # by what a page is of (who_opens_what.csv, "about")


def canaries(world: World) -> Ids:
    """Have it all happen. Returns the ids of what there is: of Maria's family, and of the other."""
    one = _second(world)
    ids = {about: [pk] for about, pk in one_of_everything(world).items()}
    chair, child = world.user("chair"), world.person("Zephyrine")
    leila, sam = world.screening("Leila"), world.screening("Sam")
    night = notification("NM-9", MARIA | FROM_POLICE, DANIEL, LEILA, SAM)
    night["incident"] |= {"started_at": (NOW - timedelta(hours=1)).isoformat()}
    world.notify(night)
    _made_safe(world)
    meeting = Meeting.objects.get(pk=ids["meeting"][0])
    for screening in (sam, one):
        _decided(world, screening, meeting)
    audits = [
        record_audit(
            key=uuid4(), screening=screening, council=world.cast.agencies["care"],
            found=dict.fromkeys(THEMES, ("yes", "")), learning="Ask for her words.",
            by=chair, now=NOW,
        )
        for screening in (leila, one)
    ]  # fmt: skip
    restrict(
        person_id=child.pk, because="her aunt is of the team", whom=Whom(), by=world.user("ig"),
        now=NOW,
    )  # fmt: skip
    with quietly("escalations.raised"):
        escalate(NOW + timedelta(days=30))
    letters = write_letters(datetime(2026, 12, 1, 5, 23, tzinfo=NOW.tzinfo))
    hers = {
        "screening": one, "decision": one.decisions.get(), "incident": one.incident,
        "action": Action.objects.get(decision__screening=one), "restricted": child,
        "notice": Notice.objects.get(mention=one.mention_id),
        "question": one.incident.research.filter(agency=world.user("health").agency)[0],
        "escalation": Escalation.objects.filter(action__decision__screening=one)[0],
        "item": meeting.items.get(incident=one.incident_id),
        "notification": world.received[0].notification,
    }  # fmt: skip
    of_both = {about: [*pks, hers[about].pk] for about, pks in ids.items() if about in hers}
    return ids | of_both | {
        "notification": [world.received[n].notification.pk for n in (0, -1)],
        "person": [world.person("Maria").pk, child.pk], "audit": [audit.pk for audit in audits],
        "letter": [letter.pk for letter in letters],
    }  # fmt: skip


def _second(world: World) -> Screening:
    """The other family, whose child is restricted in the end; its screening is on the list."""
    body = notification("NM-2", IVY, DANIEL, ZEPHYRINE)
    body["incident"] |= {
        "address": {"lines": "3 Tanner's Row", "postcode": "ZZ9 7BD"},
        "summary": "Daniel Crowe broke the door.",
    }
    world.notify(body)
    screening = world.screening("Zephyrine")
    set_scale(
        screening=screening, scale=3, because="She was in the room.", second_agency=None,
        by=world.user("chair"), now=NOW,
    )  # fmt: skip
    return screening


def _made_safe(world: World) -> None:
    maria, by = world.person("Maria").pk, world.user("chair")
    keep_contact(
        person=maria, contact=Contact(number="07700 900731", code_word="lanternfish"),
        key=uuid4(), by=by, now=NOW,
    )  # fmt: skip
    keep_address(
        person=maria, address=Address("731 Canary Quay", "ZZ8 7CN"), key=uuid4(),
        old_stays_secret=True, by=by, now=NOW,
    )  # fmt: skip


def _decided(world: World, screening: Screening, meeting: Meeting) -> None:
    worker = world.user("socialworker")
    item = MeetingItem.objects.filter(meeting=meeting, incident=screening.incident_id).first()
    decide_with_actions(
        screening=screening, outcome="CFA", rationale="A rationale of its own.", item=item,
        actions=[AgreedAction(worker.agency, "Visit on Monday", date(2026, 11, 23))],
        by=world.user("chair"), now=NOW + timedelta(hours=10),
    )  # fmt: skip
