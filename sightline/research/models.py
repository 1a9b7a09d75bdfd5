"""What agencies are asked about the people of an incident, and what they answered.

A request goes to one agency as one service and asks about one person or several, each with its own
reason. An answer covers everybody who was asked about; a later one supersedes it and both stay.
"""

import pghistory
from django.db import models

from sightline.access.models import Agency, SenderToken, User
from sightline.common.models import CASE_RECORD, STAFF, Fate, OnJoin, Record, last_change
from sightline.people.models import Incident, Mention
from sightline.rules.research.services import Service


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class ResearchRequest(Record):
    """An agency is asked, as one of its services, what it knows of some people of an incident.

    agency: empty while nobody answers for the service, or several do: somebody must choose.
    answered_at: when the answer that stands was given; who gave it is in the answer.
    """

    kept = CASE_RECORD
    personal = ("asked_because", "withdrawn_because")
    by_the_system = (
        "asked_at", "due_at", "raised_at", "raised_due_at", "answered_at", "withdrawn_at",
    )  # fmt: skip

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="research")
    service = models.CharField(max_length=30, choices=[(s.value, s.words) for s in Service])
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="research"
    )
    urgency = models.CharField(max_length=20)
    rules = models.CharField(max_length=60)  # id and version of the set, "research-rules 2026.1"
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(  # empty: by rule
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_because = models.CharField(max_length=300, blank=True)  # of one that a person made
    due_at = models.DateTimeField()
    due_because = models.CharField(max_length=300)
    # Of one that waited for an agency to be chosen: when it was raised, and when it was due then.
    raised_at = models.DateTimeField(null=True, blank=True)
    raised_due_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    nothing_known = models.BooleanField(default=False)  # of nobody, says the answer that stands
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_because = models.CharField(max_length=300, blank=True)

    OPEN = models.Q(answered_at__isnull=True, withdrawn_at__isnull=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "service", "agency"],
                condition=models.Q(answered_at__isnull=True, withdrawn_at__isnull=True),
                nulls_distinct=False,
                name="asked_once_until_answered",
            ),
            models.CheckConstraint(
                condition=models.Q(answered_at__isnull=True) | models.Q(agency__isnull=False),
                name="answered_by_some_agency",
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "due_at"],
                condition=models.Q(answered_at__isnull=True, withdrawn_at__isnull=True),
                name="open_research",
            ),
            models.Index(
                fields=["due_at"],
                condition=models.Q(answered_at__isnull=True, withdrawn_at__isnull=True),
                name="open_research_by_clock",
            ),
            last_change(
                "request_changes",
                "raised_at",
                "asked_at",
                "raised_due_at",
                "due_at",
                "withdrawn_at",
            ),
        ]

    @property
    def is_open(self) -> bool:
        """Whether an answer is waited for."""
        return self.answered_at is None and self.withdrawn_at is None

    @property
    def service_words(self) -> str:
        return Service(self.service).words


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Asked(Record):
    """One person that a request asks about, and why. It follows a corrected notification."""

    kept = CASE_RECORD
    personal = ("mention", "because")
    by_the_system = ("withdrawn_at",)
    on_join = {
        "mention": OnJoin(
            Fate.FOLLOWS, "question to an agency", "questions to agencies",
            models.Q(withdrawn_at__isnull=True),
        )
    }  # fmt: skip

    request = models.ForeignKey(ResearchRequest, models.CASCADE, related_name="about")
    mention = models.ForeignKey(Mention, models.PROTECT, related_name="research")
    because = models.CharField(max_length=300)
    rule = models.CharField(max_length=20, blank=True)  # empty: a person asked
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request", "mention"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="asked_about_once",
            )
        ]


class ListTold(Record):
    """Somebody was told by e-mail that questions wait for their agency; nothing of which."""

    kept = STAFF
    personal = ("user",)
    by_the_system = ("told_at",)

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    told_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["user", "-told_at"], name="told_last")]


class How(models.TextChoices):
    """The way an answer came in."""

    OWN = "own", "Answered here"
    BULK = "bulk", "Answered together with others of the day"
    PAPER = "paper", "Came on paper or by telephone, keyed in by the team"
    API = "api", "Machine to machine"


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class ResearchAnswer(Record):
    """What an agency answered to one request. Never edited: a later answer supersedes it."""

    kept = CASE_RECORD
    personal = ("told_by",)
    by_the_system = ("answered_at", "superseded_at")

    request = models.ForeignKey(ResearchRequest, models.PROTECT, related_name="answers")
    how = models.CharField(max_length=10, choices=How.choices)
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    token = models.ForeignKey(SenderToken, models.PROTECT, null=True, blank=True, related_name="+")
    told_by = models.CharField(max_length=200, blank=True)  # who of the agency said so, on paper
    # What a machine sent it under: sent again, it is this answer.
    key = models.CharField(max_length=100, blank=True)
    digest = models.CharField(max_length=64)  # of what was said, to know the same said again
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request"],
                condition=models.Q(superseded_at__isnull=True),
                name="one_answer_stands",
            ),
            models.UniqueConstraint(
                fields=["token", "key"],
                condition=~models.Q(key=""),
                name="one_answer_a_key",
            ),
            models.CheckConstraint(
                condition=models.Q(answered_by__isnull=False) | models.Q(token__isnull=False),
                name="answer_given_by_somebody",
            ),
        ]
        indexes = [last_change("answer_changes", "answered_at", "superseded_at")]


class Known(models.TextChoices):
    KNOWN = "known", "Known to us"
    NOTHING = "nothing", "Nothing known"
    NOT_CHECKED = "not_checked", "Not checked"


class MayShare(models.TextChoices):
    HELPING = "helping", "Yes, with the agencies that help this family"
    TEAM = "team", "Only within the screening team"
    ASK_US = "ask_us", "Only within the team, and ask us before anything rests on it"


class Basis(models.TextChoices):
    SAFEGUARDING = (
        "safeguarding",
        "Safeguarding a child or an adult at risk: public task, UK GDPR 6(1)(e) and 9(2)(g)",
    )
    DUTY = "duty", "A duty to share: Children Act 1989 s.47(9), a court order or a licence"
    SERIOUS_HARM = "serious_harm", "Preventing serious harm or crime, in the public interest"
    AGREED = "agreed", "The person knows of it and agreed"


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Told(Record):
    """What an answer says of one person. Every prompt is answered, also with "not known"."""

    kept = CASE_RECORD
    personal = ("worker", "telephone", "since", "last_seen", "matters")

    answer = models.ForeignKey(ResearchAnswer, models.CASCADE, related_name="told")
    asked = models.ForeignKey(Asked, models.PROTECT, related_name="told")
    known = models.CharField(max_length=12, choices=Known.choices)
    worker = models.CharField(max_length=120, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    since = models.CharField(max_length=60, blank=True)  # as they know it: "spring 2024"
    last_seen = models.DateField(null=True, blank=True)  # empty though known: not known when
    concern = models.BooleanField(null=True, blank=True)
    matters = models.TextField(blank=True)  # for risk; of what was not checked, why not
    may_share = models.CharField(max_length=10, choices=MayShare.choices, blank=True)
    basis = models.CharField(max_length=20, choices=Basis.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["answer", "asked"], name="told_once_a_person"),
            models.CheckConstraint(
                condition=~models.Q(known="known")
                | (~models.Q(worker="") & ~models.Q(telephone="") & ~models.Q(since="")
                   & ~models.Q(matters="") & ~models.Q(may_share="") & ~models.Q(basis="")
                   & models.Q(concern__isnull=False)),
                name="no_prompt_is_skipped",
            ),
            models.CheckConstraint(
                condition=~models.Q(known="not_checked") | ~models.Q(matters=""),
                name="not_checked_says_why",
            ),
        ]  # fmt: skip
