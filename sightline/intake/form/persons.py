"""The pages about one person. What is asked depends on who they are."""

from collections.abc import Mapping

from django import forms
from django.http import QueryDict

from sightline.common.fields import DayField
from sightline.directory.queries import school_names
from sightline.intake.form.fields import (
    NOT_AN_ANSWER,
    SEXES,
    LinesField,
    any_of,
    is_so,
    line,
    lines,
    number,
    one_of,
    short,
    text,
    yes_no,
)
from sightline.intake.form.filled import UNBORN, Entry, Filled, Part
from sightline.intake.form.page import Page
from sightline.people.models import Presence, Role

KINDS = (
    (Role.VICTIM.value, "The victim"),
    (Role.PERPETRATOR.value, "The perpetrator"),
    (Role.BOTH_ALLEGED.value, "An adult in a counter-allegation"),
    (Role.CHILD.value, "A child"),
    (UNBORN, "An unborn child"),
    (Role.OTHER.value, "Another adult"),
)
THERE = (Presence.IN_THE_ROOM, Presence.IN_THE_HOME, Presence.VISITING)
BORN = [choice for choice in Presence.choices if choice[0] != Presence.UNBORN]


class WhoIsIt(forms.Form):
    """Who somebody is in this incident. The one question about a person that needs an answer."""

    kind = forms.ChoiceField(
        label="Who is this?",
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages=NOT_AN_ANSWER | {"required": "Choose who this is"},
    )


class Names(Page):
    given_name = short("First name")
    middle_name = short("Middle names")
    surname = short("Last name")
    aliases = LinesField(
        label="Other names", limit=300, widget=forms.Textarea,
        help_text="Nicknames, earlier names, other spellings: one a line",
    )  # fmt: skip
    birth_date = DayField(called="date of birth", label="Date of birth", required=False)
    age = number("Age, if the date of birth is not known", 120)
    sex = one_of("Sex", SEXES)
    ethnicity = short("Ethnicity", limit=10, help_text="Self-defined code, such as W1")
    asked = ("given_name", "surname", "birth_date")
    looks = {
        "given_name": {"width": 20},
        "middle_name": {"width": 20},
        "surname": {"width": 20},
        "aliases": {"rows": 2},
        "age": {"width": 3},
        "sex": {"inline": True},
        "ethnicity": {"width": 4},
        "police_id": {"width": 20},
        "nhs_number": {"width": 20},
        "upn": {"width": 20},
    }


class AboutAnAdult(Names):
    occupation = line("Occupation")
    works_with_children = yes_no("Works or volunteers with children or adults at risk?")
    disability = line("Disability or care needs")
    police_id = short("Police or PNC number")
    looks = Names.looks | {"works_with_children": {"inline": True}}


class AboutAChild(Names):
    disability = line("Disability or special needs")
    nhs_number = short("NHS number", limit=20)
    upn = short("Unique pupil number", limit=20)


class Reaching(Page):
    """Where an adult lives and how they can be spoken to."""

    address__lines = lines("Address, if it is not where this happened")
    address__postcode = short("Postcode", limit=12)
    phone = short("Telephone", limit=20)
    language = short("Language")
    interpreter = yes_no("Is an interpreter needed?")
    looks = {
        "address__lines": {"rows": 3},
        "address__postcode": {"width": 10},
        "phone": {"width": 20},
        "language": {"width": 20},
        "interpreter": {"inline": True},
    }


class SafeContact(Page):
    """How to reach somebody without the perpetrator learning of it."""

    safe_contact__method = line("How is it safe to make contact?")
    safe_contact__when = line("When is it safe?")
    safe_address__lines = line("If they have gone to a safe place, its address")
    safe_address__postcode = short("Its postcode", limit=12)
    safe_contact__no_messages = is_so("Must no messages be left?")
    safe_contact__perpetrator_reads_post_or_phone = yes_no(
        "Does the perpetrator read the post or the telephone?"
    )
    looks = {
        "safe_address__postcode": {"width": 10},
        "safe_contact__no_messages": {"inline": True},
        "safe_contact__perpetrator_reads_post_or_phone": {"inline": True},
    }


class Whereabouts(Page):
    child__presence = one_of("Where was the child?", BORN)
    child__where_in_home = line("Where exactly?", help_text="Such as: on the stairs, in bed")
    child__saw_or_heard = text("What did the child see or hear?")
    looks = {"child__saw_or_heard": {"rows": 4}}

    @classmethod
    def is_complete(cls, part: Part) -> bool:
        """What a child saw or heard is asked of a child who was there."""
        said = cls.read(part)
        presence = said["child__presence"] or Presence.NOT_KNOWN
        heard = bool(said["child__saw_or_heard"]) or presence not in THERE
        return presence != Presence.NOT_KNOWN and heard


class Voice(Page):
    child__seen_by_officer = yes_no("Did an officer see the child?")
    child__spoken_to_alone = yes_no("Did an officer speak to the child alone?")
    child__words = text("What did the child say?", help_text="In the child’s own words")
    child__demeanour = text("How did the child seem?", help_text="Looks, mood, behaviour")
    child__injuries = line("Injuries to the child")
    child__concern = text("What worries you about this child?")
    asked = ("child__spoken_to_alone", "child__words", "child__demeanour")
    looks = {
        "child__seen_by_officer": {"inline": True},
        "child__spoken_to_alone": {"inline": True},
        "child__words": {"rows": 4, "wording": False},
        "child__demeanour": {"rows": 3},
        "child__concern": {"rows": 4},
    }


class School(Page):
    child__school_name = line(
        "School, college or nursery", suggestions="schools",
        help_text="The whole name. The school is told before the school day only if it is certain "
        "which one is meant.",
    )  # fmt: skip
    child__home_educated = is_so("Is the child educated at home?")
    child__year_group = short("Year group")
    child__health_visitor = line("Health visitor or school nurse")
    looks = {"child__home_educated": {"inline": True}, "child__year_group": {"width": 5}}

    @classmethod
    def is_complete(cls, part: Part) -> bool:
        said = cls.read(part)
        return bool(said["child__school_name"] or said["child__home_educated"])

    def suggested(self) -> Mapping[str, list[str]]:
        return {"schools": school_names()}


class Expected(Page):
    child__expected_birth = DayField(
        called="expected date of birth", label="When is the child expected?", required=False
    )
    child__health_visitor = line("Midwife or health visitor")
    asked = ("child__expected_birth",)


class Family(Page):
    """Whose child this is, and where the child lives."""

    child__other_parent = line("A parent who is not named here")
    address__lines = lines("The child’s address, if it is not where this happened")
    address__postcode = short("Postcode", limit=12)
    language = short("Language")
    interpreter = yes_no("Is an interpreter needed?")
    looks = Reaching.looks
    field_order = ("parents",)

    def __init__(self, filled: Filled, entry: Entry, data: QueryDict | None = None) -> None:
        super().__init__(filled, entry, data)
        adults = [(adult.part["id"], adult.title) for adult in filled.adults]
        if adults:
            self.fields["parents"] = any_of("Who of these is a parent of the child?", adults)
            self.initial["parents"] = filled.parents_of(entry)
            self.order_fields(self.field_order)

    def put_into(self, filled: Filled, entry: Entry | None) -> None:
        super().put_into(filled, entry)
        if entry and "parents" in self.cleaned_data:
            filled.set_parents(entry, self.cleaned_data["parents"])
