"""A small world in which there is one of everything that a page opens, and five states of it.

The Moreno family is decided on, with an action of social care, a question to an agency, a message
to the school, a meeting, a MARAC referral and an assessment.
"""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

from django.contrib.auth.hashers import make_password

from sightline.access.commands import add_user
from sightline.access.models import User
from sightline.access.roles import ROLES
from sightline.actions.commands import AgreedAction, decide_with_actions
from sightline.actions.doing import assign
from sightline.actions.models import Action
from sightline.common.announce import quietly
from sightline.encompass.models import Notice
from sightline.escalation.models import Escalation
from sightline.escalation.raising import escalate
from sightline.intake.contacts import Told, record_family
from sightline.intake.models import ImportFile
from sightline.meetings.arranging import arrange_meeting
from sightline.meetings.lists import build_list, publish_list
from sightline.meetings.marac.referring import refer_to_marac
from sightline.people.commands import Place
from sightline.people.models import Person
from sightline.research.models import ResearchRequest
from sightline.screening.commands import set_scale
from sightline.screening.tools.commands import record_assessment
from sightline.sharing.emergencies import open_in_emergency
from sightline.sharing.exactly import Exactly
from sightline.sharing.models import Caution, Disclosure
from sightline.sharing.noticing import notice_looks
from sightline.sharing.restricting import Whom, restrict
from sightline.vault.alarms import raise_alarm
from sightline.vault.models import What
from tests.people.asking import asked
from tests.world import DANIEL, IVY, NOAH, NOW, World, notification

KEY = UUID("8b0c3c7e-9d5b-4c3e-8a41-333333333333")


def readers(world: World) -> dict[str, User]:
    """One user for each role, by its code; and one of the same role in another borough."""
    found: dict[str, User] = {}
    for code in ROLES:
        users = User.objects.filter(roles__0=code, is_active=True).order_by("pk")
        found[code] = users.exclude(agency=world.cast.agencies["outside"]).first() or add_user(
            email=f"{code}@castlebrook.example", name=f"A {code}", roles=[code],
            agency=world.cast.agencies["council"], password_hash=make_password(None), by=None,
            now=NOW,
        )  # fmt: skip
    return found | {"outsider": world.user("outsider")}


def one_of_everything(world: World) -> dict[str, object]:
    """Have it all happen, and return what a page of each kind is asked for by."""
    review = asked(world, 1)
    world.earlier(400, "NM-0", IVY, DANIEL, NOAH)
    kept = world.notify(notification())
    leila, chair, clerk = world.screening("Leila"), world.user("chair"), world.user("administrator")
    set_scale(
        screening=leila,
        scale=3,
        because="Heard it on the stairs.",
        second_agency=None,
        by=chair,
        now=NOW,
    )
    for name in ("Sam", ""):
        set_scale(
            screening=world.screening(name), scale=3, because="", second_agency=None, by=chair,
            now=NOW,
        )  # fmt: skip
    referral = refer_to_marac(
        incident=leila.incident, pair=(world.person("Maria").pk, world.person("Daniel").pk),
        judgement="She says he will kill her.", by=world.user("idva"), now=NOW,
    )  # fmt: skip
    meeting = arrange_meeting(
        kind="screening-meeting",
        starts=NOW + timedelta(hours=10),
        place="Room 4",
        by=clerk,
        now=NOW,
    )
    build_list(meeting=meeting, by=clerk, now=NOW)
    meeting = publish_list(meeting=meeting, by=clerk, now=NOW)
    worker = world.user("socialworker")
    decision = decide_with_actions(
        screening=leila, outcome="CFA", rationale="A rationale of its own.",
        actions=[AgreedAction(worker.agency, "Visit the family on Monday", NOW.date())],
        by=chair, now=NOW,
    )  # fmt: skip
    action = Action.objects.get()
    assign(action=action, owner=worker, by=worker, now=NOW)
    tool = record_assessment(
        key=KEY, incident=leila.incident, mention=world.mention("Maria"), tool="dash",
        answers={f"D{n}": "yes" for n in range(1, 15)}, band="high", band_because="",
        assessor="Ros Lane, IDVA", agency=world.user("idva").agency, assessed_on=date(2026, 11, 20),
        by=world.user("health"), now=NOW,
    )  # fmt: skip
    contact = record_family(
        told=Told(Place("9 Mill Road, Castlebrook", "ZZ9 1AA"), "Health visitor"), key=KEY,
        by=clerk, now=NOW,
    )  # fmt: skip
    noah = world.person("Noah")
    emergency = open_in_emergency(
        who=Exactly(number="999 000 0026"), reason="He is at the door now, she rang", key=KEY,
        by=world.user("teammanager"), now=NOW,
    )  # fmt: skip
    restrict(
        person_id=noah.pk, because="his aunt is of the team", whom=Whom(), by=world.user("ig"),
        now=NOW,
    )  # fmt: skip
    notice_looks({noah.pk: "disclosure 1"}, by=chair, page="person", now=NOW)
    with quietly("escalations.raised"):
        escalate(NOW + timedelta(days=30))
    file = ImportFile.objects.create(
        sender=world.cast.police, kind="notifications", name="x.csv", digest="0" * 64, content=b"",
        uploaded_at=NOW, uploaded_by=clerk,
    )  # fmt: skip
    alarm = raise_alarm(What.INCIDENT, NOW, incident=leila.incident)
    return {
        "person": world.person("Leila").pk, "incident": leila.incident_id,
        "screening": leila.pk, "notification": kept.notification.pk, "meeting": meeting.pk,
        "referral": referral.pk, "decision": decision.pk, "action": action.pk,
        "assessment": tool.pk,
        "contact": contact.pk, "review": review.pk,
        "notice": Notice.objects.get(mention=leila.mention_id).pk,
        "question": _question(world).pk,
        "item": meeting.items.earliest("pk").pk,
        "emergency": emergency.pk, "restricted": noah.pk, "caution": Caution.objects.get().pk,
        "escalation": Escalation.objects.filter(action=action).latest("pk").pk, "import": file.pk,
        "user": worker.pk, "alarm": alarm.pk,
    }  # fmt: skip


def _question(world: World) -> ResearchRequest:
    """A question about the family to the school nurses: their answer is not that of the team."""
    questions = ResearchRequest.objects.filter(incident=world.screening("Leila").incident)
    return questions.filter(agency=world.cast.agencies["health"]).earliest("pk")


def _never() -> None:
    Disclosure.objects.all().delete()


def _ended() -> None:
    Disclosure.objects.filter(until_at__gt=NOW).update(until_at=NOW)


def _restricted() -> None:
    Person.objects.filter(restricted_at=None).update(
        restricted_at=NOW, restricted_by=User.objects.latest("pk")
    )


STATES: dict[str, Callable[[], None]] = {
    "disclosed": lambda: None, "restricted": _restricted, "ended": _ended, "never": _never,
}  # fmt: skip
