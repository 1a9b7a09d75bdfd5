"""What an agency is asked of each person, and what the team writes down about asking."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms

from sightline.access.models import Agency, User
from sightline.common.clock import local_date, now
from sightline.common.fields import DayField
from sightline.people.models import Mention, Person
from sightline.research.answering import Says, faults
from sightline.research.models import Basis, Known, MayShare, Told
from sightline.research.reading import About
from sightline.rules.research.services import Service

CONCERN = (("yes", "Yes"), ("no", "No"))
NOT_SEEN = "Say when they were last seen, or that it is not known."
TEXTS = ("worker", "telephone", "since", "matters")


class ToldForm(forms.Form):
    """The prompts about one person. None is filled in before, none can be skipped."""

    known = forms.ChoiceField(
        label="Is this person known to you?", choices=Known.choices, widget=forms.RadioSelect,
        error_messages={"required": "Say whether the person is known to you."},
    )  # fmt: skip
    worker = forms.CharField(
        label="Who works with them", required=False, max_length=120,
        help_text="Name and role; or say that nobody does now.",
    )  # fmt: skip
    telephone = forms.CharField(label="Their telephone number", required=False, max_length=40)
    since = forms.CharField(
        label="Since when", required=False, max_length=60,
        help_text="As well as you know it: “spring 2024”, “not known”.",
    )  # fmt: skip
    last_seen = DayField(label="Last seen", called="day they were last seen", required=False)
    not_seen = forms.BooleanField(label="Not known when, or not seen", required=False)
    concern = forms.ChoiceField(
        label="Is what you know a concern for a child or the victim?", choices=CONCERN,
        widget=forms.RadioSelect, required=False,
    )  # fmt: skip
    matters = forms.CharField(
        label="What matters for risk", widget=forms.Textarea, required=False, max_length=4000,
        help_text="Who did what, in their own words where you have them. If nothing, say so.",
    )  # fmt: skip
    may_share = forms.ChoiceField(
        label="May it be shared?", choices=MayShare.choices, widget=forms.RadioSelect,
        required=False,
    )  # fmt: skip
    basis = forms.ChoiceField(
        label="On what basis do you share it with the screening team?", choices=Basis.choices,
        widget=forms.RadioSelect, required=False,
    )  # fmt: skip

    why_not = forms.CharField(label="Why it was not checked", required=False, max_length=300)

    def __init__(self, *args: Any, who: str = "", **options: Any) -> None:
        """`who`: whom it is about, said in errors where the page has several such forms."""
        super().__init__(*args, **options)
        self.who = f"{who}: " if who else ""
        required = self.fields["known"].error_messages
        required["required"] = f"{self.who}{required['required']}"

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.errors:
            return given
        unchecked = given["known"] == Known.NOT_CHECKED
        for fault in faults(self.says, local_date(now())):
            self.add_error("why_not" if unchecked else fault.field, self.who + fault.words)
        when = given.get("last_seen") or given.get("not_seen")
        if given["known"] == Known.KNOWN and not when and "last_seen" not in self.errors:
            self.add_error("last_seen", f"{self.who}{NOT_SEEN}")
        return given

    @property
    def says(self) -> Says:
        """What was said, of a form without errors so far."""
        given = self.cleaned_data
        if given["known"] == Known.NOT_CHECKED:
            return Says(known=given["known"], matters=given["why_not"])
        return Says(
            known=given["known"], last_seen=given["last_seen"],
            concern={"yes": True, "no": False}.get(given["concern"]),
            may_share=given["may_share"], basis=given["basis"],
            **{name: given[name] for name in TEXTS},
        )  # fmt: skip


def told_forms(about: Iterable[About], data: Mapping[str, Any] | None) -> list[ToldForm]:
    """Return a form for each person asked about; what was answered before is in it."""
    people = list(about)
    return [
        ToldForm(
            data, prefix=f"p{one.asked.pk}", initial=_before(one.told) if one.told else {},
            who=one.person.name if len(people) > 1 else "",
        )
        for one in people
    ]  # fmt: skip


def _before(told: Told) -> dict[str, Any]:
    names = (*TEXTS, "known", "last_seen", "may_share", "basis")
    concern = {True: "yes", False: "no", None: ""}[told.concern]
    unknown = told.known == Known.KNOWN and told.last_seen is None
    before = {name: getattr(told, name) for name in names}
    why_not = told.matters if told.known == Known.NOT_CHECKED else ""
    return before | {"concern": concern, "not_seen": unknown, "why_not": why_not}


class OnBehalfForm(forms.Form):
    told_by = forms.CharField(
        label="Who of the agency answered", max_length=200,
        help_text="Name, role, and how: on paper, by telephone.",
        error_messages={"required": "Say who of the agency answered."},
    )  # fmt: skip


class ReasonForm(forms.Form):
    because = forms.CharField(
        label="Why nobody needs to answer", max_length=300,
        error_messages={"required": "Say why nobody needs to answer this."},
    )  # fmt: skip


class AgencyForm(forms.Form):
    """Which of the agencies that could answer."""

    agency = forms.ModelChoiceField(
        label="Agency", queryset=Agency.objects.none(), empty_label="Choose",
        error_messages={"required": "Choose the agency."},
    )  # fmt: skip

    def __init__(self, agencies: Any, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]


class AskForm(forms.Form):
    """Asking a further agency by hand."""

    whom = forms.ChoiceField(
        label="Agency, and as what it is asked",
        error_messages={"required": "Choose the agency.", "invalid_choice": "Choose the agency."},
    )
    about = forms.TypedMultipleChoiceField(
        label="About whom", coerce=int, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose whom the agency is asked about."},
    )  # fmt: skip
    because = forms.CharField(
        label="Why", max_length=300,
        help_text="The agency reads this. Nothing of anybody else than those you choose.",
        error_messages={"required": "Say why this agency is asked."},
    )  # fmt: skip

    def __init__(
        self,
        agencies: Iterable[Agency],
        people: Sequence[tuple[Mention, Person]],
        data: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data)
        asked_as = [
            (f"{agency.pk}:{service}", f"{agency.name}: {Service(service).words}")
            for agency in agencies
            for service in agency.answers_for
        ]
        self._offer("whom", [("", "Choose"), *asked_as])
        self._offer("about", [(mention.pk, person.name) for mention, person in people])

    def _offer(self, field: str, choices: list[tuple[Any, str]]) -> None:
        self.fields[field].choices = choices  # type: ignore[attr-defined]

    @property
    def agency_and_service(self) -> tuple[int, str]:
        agency, service = self.cleaned_data["whom"].split(":")
        return int(agency), service


class AbsenceForm(forms.Form):
    """Days on which somebody is not there."""

    user = forms.ModelChoiceField(
        label="Who", queryset=User.objects.none(), empty_label="Choose",
        error_messages={"required": "Choose who is absent."},
    )  # fmt: skip
    first = DayField(label="First day", called="first day")
    last = DayField(label="Last day", called="last day")

    def __init__(self, members: Any, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.fields["user"].queryset = members  # type: ignore[attr-defined]


class DeputyForm(forms.Form):
    """Who answers in whose place."""

    user = forms.ModelChoiceField(
        label="In whose place", queryset=User.objects.none(), empty_label="Choose",
        error_messages={"required": "Choose in whose place."},
    )  # fmt: skip
    deputy = forms.ModelChoiceField(
        label="Deputy", queryset=User.objects.none(), required=False, empty_label="Nobody",
    )  # fmt: skip

    def __init__(self, members: Any, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, prefix="deputy")
        for name in ("user", "deputy"):
            self.fields[name].queryset = members  # type: ignore[attr-defined]
