"""Screening one child after one incident: answers, suggested scale, and the one a person set."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models

from sightline.access.models import Agency, User
from sightline.common.models import (
    ACCESS_RECORD,
    CASE_RECORD,
    REFERENCE,
    Fate,
    OnJoin,
    Record,
    all_or_none,
    last_change,
)
from sightline.people.models import Incident, Mention
from sightline.rules.screening.answers import Answer as AnswerValue


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Screening(Record):
    """One child, one incident, one version of the instrument. Screening again is a new row.

    It holds the mention of the child; who that is, the mention's link says, so that a link that
    is corrected corrects this too.
    """

    kept = CASE_RECORD
    personal = ("mention", "suggested_because", "scale_because")
    by_the_system = ("opened_at", "withdrawn_at")
    on_join = {
        "mention": OnJoin(
            Fate.FOLLOWS, "screening", "screenings", models.Q(withdrawn_at__isnull=True)
        )
    }

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="screenings")
    mention = models.ForeignKey(Mention, models.PROTECT, related_name="screenings")
    instrument = models.CharField(max_length=60)  # id and version, "child-matrix 2026.1"
    opened_at = models.DateTimeField(db_index=True)
    # The child has a social worker already, who goes on with it (screening/routing.py).
    already_open_to = models.CharField(max_length=120, blank=True)  # who, in words
    routed_at = models.DateTimeField(null=True, blank=True)
    routed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    routed_to = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="routed_screenings"
    )
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    suggested = models.PositiveSmallIntegerField(null=True, blank=True)
    suggested_because = models.JSONField(default=list)
    scale = models.PositiveSmallIntegerField(null=True, blank=True)
    scale_because = models.TextField(blank=True)
    scale_set_at = models.DateTimeField(null=True, blank=True)
    scale_set_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    lower_agreed_by = models.ForeignKey(  # the second agency behind a scale below the suggested one
        Agency, models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)  # a correction took the child out
    imported = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mention"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="one_screening_a_child_and_incident",
            ),
            models.CheckConstraint(
                condition=models.Q(scale__isnull=True) | models.Q(scale__range=(1, 4)),
                name="scale_1_to_4",
            ),
            models.CheckConstraint(
                condition=all_or_none("scale", "scale_set_at"), name="scale_set_at_some_time"
            ),
            models.CheckConstraint(
                condition=all_or_none("routed_at", "routed_by", "routed_to"),
                name="routed_by_somebody_to_somebody",
            ),
            models.CheckConstraint(
                condition=all_or_none("read_at", "read_by"), name="read_by_the_worker"
            ),
        ]
        indexes = [
            models.Index(
                fields=["routed_to", "-routed_at"],
                condition=models.Q(routed_to__isnull=False),
                name="routed_to_worker",
            ),
            models.Index(
                fields=["opened_at"],
                condition=models.Q(scale__isnull=True, withdrawn_at__isnull=True),
                name="to_screen",
            ),
            last_change("screening_changes", "opened_at", "withdrawn_at"),
        ]


class EarlierMention(Record):
    """The mention that a screening was about until a correction brought a newer one."""

    kept = CASE_RECORD
    personal = ("mention",)
    by_the_system = ("until",)
    on_join = {"mention": OnJoin(Fate.FOLLOWS)}

    screening = models.ForeignKey(Screening, models.PROTECT, related_name="earlier_mentions")
    mention = models.ForeignKey(Mention, models.PROTECT, related_name="+")
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["screening", "mention"], name="about_it_once")
        ]


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Answer(Record):
    """The latest answer to one question of one screening; earlier ones are in its history."""

    kept = CASE_RECORD
    personal = ("screening", "note", "because")
    on_join = {
        "screening__mention": OnJoin(
            Fate.FOLLOWS, "note beside an answer", "notes beside answers", ~models.Q(note="")
        )
    }

    screening = models.ForeignKey(Screening, models.CASCADE, related_name="answers")
    item = models.CharField(max_length=10)
    value = models.CharField(max_length=10, choices=[(a.value, a.value) for a in AnswerValue])
    from_record = models.BooleanField(default=False)  # answered by the history, not by a person
    record_value = models.CharField(  # what the history says, whoever's answer counts; or empty
        max_length=10, blank=True, choices=[(a.value, a.value) for a in AnswerValue]
    )
    because = models.TextField(blank=True)  # the evidence of the history, a line each
    note = models.TextField(blank=True)  # a person's words, and why they disagree with the history
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["screening", "item"], name="one_answer_an_item")
        ]

    def contradicted_by(self, value: AnswerValue) -> bool:
        """Whether `value` says otherwise than the history, which could say."""
        said = AnswerValue(self.record_value) if self.record_value else None
        return said is not None and said.is_answered and said != value

    def repeats(self, other: "Answer | None") -> bool:
        """Whether a person had said the same before."""
        return (
            other is not None
            and not other.from_record
            and (other.value, other.note) == (self.value, self.note)
        )


class ScaleResult(Record):
    """One result of screening: the scale that was set, and all it rested on. Never changed.

    Setting another scale, or screening again, makes another result beside it, each with the
    version of the questions that it was scored with.
    """

    kept = CASE_RECORD
    personal = ("screening", "suggested_because", "because")

    screening = models.ForeignKey(Screening, models.CASCADE, related_name="results")
    instrument = models.CharField(max_length=60)
    answers = models.JSONField()  # by item id, as they stood
    suggested = models.PositiveSmallIntegerField(null=True, blank=True)
    suggested_because = models.JSONField(default=list)
    scale = models.PositiveSmallIntegerField()
    because = models.TextField(blank=True)
    lower_agreed_by = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+"
    )
    set_at = models.DateTimeField(db_index=True)
    set_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")


class WordingSuggestion(Record):
    """That a better wording was suggested for a text, and whether it was taken up; never the text.

    One row a text, kept when the text is written again. `phrases`: ids of rules/wording found in
    it now; `ever`: those that were found in it at some time. `turned_at`: when it was reworded,
    when such words came back, when it was reworded again, in turn.
    """

    kept = ACCESS_RECORD
    personal = ()
    by_the_system = ("suggested_at",)

    about = models.CharField(max_length=60)  # the kind of record, as "screening.answer"
    about_id = models.CharField(max_length=40)
    field = models.CharField(max_length=40)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    suggested_at = models.DateTimeField(db_index=True)
    phrases = ArrayField(models.CharField(max_length=40), default=list)
    ever = ArrayField(models.CharField(max_length=40), default=list)
    turned_at = ArrayField(models.DateTimeField(), default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["about", "about_id", "field"], name="one_suggestion_a_text"
            )
        ]


class OwnWords(Record):
    """A partnership's licensed words over the ids of one version (rules/screening/own_words.py).

    In the database, so that every machine of the partnership asks in the same words. Never
    changed: other words are another version, in force from a day of their own.
    """

    kept = REFERENCE
    personal = ()

    of = models.CharField(max_length=60)  # the version they are laid over, "dash 2026.1"
    version = models.CharField(max_length=60)
    commencement = models.DateField()
    end = models.DateField(null=True, blank=True)
    content = models.TextField()  # the file as it was added
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of", "version"], name="one_wording_a_version")
        ]


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class ToolRecord(Record):
    """One assessment of a victim or a child with another tool, as that tool answers it.

    Nothing here counts towards the scale of a screening, or towards another tool. An assessment
    that is made again is a new record beside the old.
    """

    kept = CASE_RECORD
    personal = ("mention", "answers", "band_because", "assessor", "withdrawn_because")
    on_join = {
        "mention": OnJoin(
            Fate.FOLLOWS, "assessment", "assessments", models.Q(withdrawn_at__isnull=True)
        )
    }

    key = models.UUIDField(unique=True)  # drawn when the form was opened: sent twice, kept once
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="tool_records")
    mention = models.ForeignKey(Mention, models.PROTECT, related_name="tool_records")
    tool = models.CharField(max_length=60)  # id and version, "dash 2026.1"
    own_words = models.ForeignKey(OwnWords, models.PROTECT, null=True, blank=True)
    answers = models.JSONField()
    counted = models.PositiveSmallIntegerField(null=True, blank=True)
    computed_band = models.CharField(max_length=20, blank=True)
    band = models.CharField(max_length=20, blank=True)  # the assessor's
    band_because = models.TextField(blank=True)
    assessor = models.CharField(max_length=120)  # who assessed, in words
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    assessed_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_because = models.CharField(max_length=300, blank=True)
    countersigned_at = models.DateTimeField(null=True, blank=True)
    countersigned_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=all_or_none("withdrawn_at", "withdrawn_by"),
                name="assessment_withdrawn_by_somebody",
            ),
            models.CheckConstraint(
                condition=all_or_none("countersigned_at", "countersigned_by"),
                name="assessment_countersigned_by_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(computed_band="")
                | models.Q(computed_band=models.F("band"))
                | ~models.Q(band_because=""),
                name="another_band_says_why",
            ),
        ]
