"""What can be changed and holds personal data or rights keeps its history, by triggers.

A table that does not is named here with the reason; a new one without either breaks the build.
"""

import json

import pghistory.models
import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse
from procrastinate.contrib.django import app

from sightline.common.announce import announce
from sightline.common.wall import Actor, Purpose, acting
from sightline.config.schema import APPEND_ONLY
from sightline.encompass.models import Notice
from sightline.people.models import Incident
from tests.policy.walk import models
from tests.world import NOW, notification

ONCE = "written once; another row follows it"
DERIVED = "derived from other records, and may be thrown away"
OWN = "keeps by itself who did what when, and is never edited but to end it"
PASSING = "on its way in or out, and cleared away"
SEALED = "sealed: a history by triggers would keep what was let go (ADR 21)"
PUBLISHED = "what somebody else publishes: no person in it"
WITHOUT = {
    "access.Team": "a name of an agency's team, no rights",
    "accounts.RecoveryCode": "secrets: digests that are used up; the log says when",
    "accounts.EntryCode": "secrets: digests that are used up; the log says when",
    "accounts.Attempts": "counts of failures, forgotten after a day",
    "geography.Edition": PUBLISHED, "geography.BadLine": PUBLISHED, "geography.Postcode": PUBLISHED,
    "geography.SmallArea": PUBLISHED, "geography.Outline": PUBLISHED,
    "geography.AreaValue": PUBLISHED, "geography.NationalFigure": PUBLISHED,
    "directory.Term": PUBLISHED, "directory.ClosureDay": PUBLISHED,
    "people.LinkKey": DERIVED, "people.SearchEntry": DERIVED, "people.SearchWord": DERIVED,
    "people.Findable": DERIVED,
    "people.LinkModel": OWN, "people.LinkShown": ONCE, "people.NotSameSide": ONCE,
    "people.EarlierOutcome": ONCE,
    "sharing.SignOff": ONCE, "screening.EarlierMention": ONCE, "screening.ScaleResult": ONCE,
    "screening.OwnWords": ONCE, "screening.WordingSuggestion": "counts, no text",
    "vault.SafeContact": SEALED, "vault.SafeAddress": SEALED, "vault.Print": SEALED,
    "vault.SealedBody": SEALED, "vault.Alarm": OWN,
    "intake.Notification": "kept as it came, by a trigger; how far it is on its way is no content",
    "intake.Refusal": PASSING, "intake.RefusedRow": PASSING, "intake.Draft": PASSING,
    "intake.ColumnMapping": "names of columns", "research.ListTold": PASSING,
    "meetings.Invitation": PASSING, "encompass.Delivery": PASSING, "encompass.PassedOn": PASSING,
    "actions.Feedback": OWN, "encompass.Move": OWN, "encompass.ListedIncident": ONCE,
    "encompass.Reconciliation": ONCE, "assurance.FileAudit": OWN, "assurance.ThemeFound": ONCE,
    "letters.SenderLetter": ONCE,
}  # fmt: skip


def tracked() -> set[str]:
    return {
        model.pgh_tracked_model._meta.label
        for model in apps.get_models()
        if issubclass(model, pghistory.models.Event) and hasattr(model, "pgh_tracked_model")
    }


def protected(model) -> bool:
    """Whether nobody can change or remove a row at all."""
    names = {trigger.name for trigger in getattr(model._meta, "triggers", ())}
    return bool(names & {"append_only", "never_edited"}) or model._meta.db_table in APPEND_ONLY


@pytest.mark.parametrize("model", models(), ids=lambda m: m._meta.label)
def test_whatever_can_be_changed_keeps_its_history(model):
    label = model._meta.label
    kept = label in tracked() or protected(model)
    assert kept or label in WITHOUT, (
        f"{label}: mark it with @pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent()),"
        " or say in tests/policy/test_history.py why not"
    )
    assert not (kept and label in WITHOUT), f"{label} keeps its history: take it out of WITHOUT"


def test_nothing_is_excused_that_is_not_there():
    assert {model._meta.label for model in models()} >= WITHOUT.keys()


@pytest.mark.django_db
def test_the_database_has_the_triggers_that_the_models_say():
    with connection.cursor() as cursor:
        cursor.execute(
            "select distinct c.relname from pg_trigger t join pg_class c on c.oid = t.tgrelid"
            " where t.tgname like 'pgtrigger_%' and t.tgname like '%update%'"
        )
        found = {name for (name,) in cursor.fetchall()}
    wanted = {apps.get_model(label)._meta.db_table for label in tracked()}
    assert wanted <= found, wanted - found


@pytest.mark.django_db
def test_a_change_says_what_was_there_who_changed_it_and_on_which_page(world, client, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    world.notify(notification())
    leila, ig = world.person("Leila").pk, world.user("ig")
    client.force_login(ig)
    sent = {"person": leila, "because": "a relative of staff, as her mother says"}
    client.post(reverse("restriction-new"), sent)
    with connection.cursor() as cursor:
        cursor.execute(
            "select event.restricted_because, context.metadata->>'user', context.metadata->>'url'"
            " from people_personevent event join pghistory_context context"
            " on context.id = event.pgh_context_id where event.pgh_obj_id = %s"
            " order by event.pgh_id desc limit 1",
            [leila],
        )
        assert cursor.fetchone() == (sent["because"], str(ig.pk), reverse("restriction-new"))


@pytest.mark.django_db
def test_a_change_by_a_task_says_which_and_whose_command_it_follows_from(world):
    world.notify(notification())
    notice, chair = Notice.objects.earliest("pk"), world.user("chair")
    with acting(Actor(Purpose.CHANGING, chair.pk)):
        announce("notice.made", notice.pk)
    with connection.cursor() as cursor:
        cursor.execute("select args from procrastinate_jobs order by id desc limit 1")
        held = json.loads(cursor.fetchone()[0])
        app.tasks["send_notice"].func(**held)
        cursor.execute(
            "select context.metadata->>'task', context.metadata->>'caused_by'"
            " from encompass_noticeevent event join pghistory_context context"
            " on context.id = event.pgh_context_id where pgh_obj_id = %s and sent_at is not null",
            [notice.pk],
        )
        assert cursor.fetchall() == [("send_notice", str(chair.pk))]


@pytest.mark.django_db
def test_a_change_outside_every_command_leaves_its_history_too(world):
    world.notify(notification())
    incident = Incident.objects.latest("pk")
    Incident.objects.filter(pk=incident.pk).update(summary="Nothing happened.")
    with connection.cursor() as cursor:
        cursor.execute(
            "select summary from people_incidentevent where pgh_obj_id = %s order by pgh_id",
            [incident.pk],
        )
        assert cursor.fetchall()[-1] == ("Nothing happened.",)
