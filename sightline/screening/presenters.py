"""A screening in words: the child, the pages of questions, what the record says, the suggestion."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.forms.boundfield import BoundField
from django.urls import reverse

from sightline.access.models import User
from sightline.common.words import moment, plural
from sightline.people.models import Mention, Person
from sightline.rules.screening.answers import Answer as Value
from sightline.rules.screening.child import ChildFacts
from sightline.rules.screening.confidence import Counts
from sightline.rules.screening.instrument import instrument_called
from sightline.rules.screening.suggest import Reason, Suggestion
from sightline.rules.screening.wordscale import scale_name
from sightline.screening.forms import PartForm, note_name
from sightline.screening.models import Answer, ScaleResult, Screening
from sightline.screening.parts import Part, part_after, parts_of
from sightline.screening.siblings import SaidOf, Sibling
from sightline.screening.suggesting import MONTHS, age_in_months

YES_OR_NO = {True: "Yes", False: "No", None: "Not known"}
UNDER_SEVEN = 7 * MONTHS
MONTHS_UNTIL = 24  # below two years an age is said in months


def age_words(mention: Mention, person: Person, today: date) -> str:
    """Return "9", "8 months", or "" where no age is known; an unborn child's name says when."""
    known = Mention(birth_date=person.birth_date or mention.birth_date, age=mention.age)
    months = age_in_months(known, today)
    if months is None or (person.unborn_until and not person.birth_date):
        return ""
    if known.birth_date and months < MONTHS_UNTIL:
        return plural(months, "month")
    return str(months // MONTHS)


def child_words(mention: Mention, person: Person, today: date) -> str:
    """Return "Leila Moreno, 9" or "Unborn child, due March 2027"."""
    age = age_words(mention, person, today)
    return f"{person.name}, {age}" if age else person.name


def scale_words(scale: int | None) -> str:
    """Return "3, Serious", or that no scale was set."""
    return f"{scale}, {scale_name(scale)}" if scale else "Not set"


def counts_words(counts: Counts) -> str:
    """Return how much of the picture there is: "12 of 75 answered, 3 not known, 60 not asked"."""
    return (
        f"{counts.answered} of {counts.total} answered, "
        f"{counts.not_known} not known, {counts.not_asked} not asked"
    )


def reasons_words(screening: Screening) -> tuple[str, ...]:
    """Return what points to the suggested scale, and how much points lower."""
    reasons = screening.suggested_because
    highest = [reason for reason in reasons if reason["scale"] == screening.suggested]
    asked = instrument_called(screening.instrument).items_by_id
    words = [f"{r['words']} ({r['item']})" if r["item"] in asked else r["words"] for r in highest]
    lower = len(reasons) - len(highest)
    return (*words, *([plural(lower, "lower concern")] if lower else []))


@dataclass(frozen=True)
class RecordSays:
    """What the history answers: the word, why, the evidence a line each, and what it means."""

    heading: str
    because: str
    evidence: tuple[str, ...]
    meaning: str
    could_say: bool


def record_says(answer: Answer | None) -> RecordSays | None:
    if answer is None or not answer.record_value:
        return None
    said = Value(answer.record_value)
    because, *evidence = answer.because.split("\n")
    heading = f"From the record: {said.label.lower()}."
    return RecordSays(heading, because, tuple(evidence), _meaning(answer, said), said.is_answered)


def _meaning(answer: Answer, said: Value) -> str:
    if not answer.from_record:
        return "A person has answered, and that counts."
    return "This counts. Disagree? Answer, and say why." if said.is_answered else ""


@dataclass(frozen=True)
class QuestionRow:
    """One question on its page."""

    id: str
    value: BoundField
    note: BoundField
    record: RecordSays | None
    said_by: str
    sibling: SaidOf | None

    @property
    def note_label(self) -> str:
        known = self.record is not None and self.record.could_say
        return "Note, or why it is not as the record says" if known else "Note"

    @property
    def open(self) -> bool:
        """Whether the note is shown from the start."""
        return bool(self.note.value() or self.note.errors)


def question_rows(form: PartForm, beside: Mapping[str, SaidOf]) -> list[QuestionRow]:
    """Return the questions of a page. `beside`: what was said of a sibling, to look at."""
    return [
        QuestionRow(
            question.id,
            form[question.id],
            form[note_name(question.id)],
            record_says(form.answers.get(question.id)),
            _said_by(form.answers.get(question.id)),
            beside.get(question.id),
        )
        for question in form.part.questions
    ]


def sibling_links(siblings: Sequence[Sibling], here: Sibling | None) -> list[tuple[str, str, bool]]:
    """Return the name of each sibling, the query that shows theirs beside, and whether it does."""
    return [(one.person.name, f"?beside={one.screening.pk}", one == here) for one in siblings]


def _said_by(answer: Answer | None) -> str:
    if answer is None or answer.answered_by is None:
        return ""
    by: User = answer.answered_by
    return f"{by.name}, {by.agency.name}, {moment(answer.answered_at)}"


@dataclass(frozen=True)
class PartLink:
    """One entry of the list of pages."""

    name: str
    href: str
    answered: str
    current: bool


def part_links(
    screening: Screening, answers: Mapping[str, Answer], here: Part | None
) -> list[PartLink]:
    """Return the pages of a screening with how far each is, and the scale at the end."""
    links = [
        PartLink(
            part.name, reverse("screening-domain", args=[screening.pk, part.code]),
            f"{part.answered(answers)} of {len(part.questions)}", part == here,
        )
        for part in parts_of(screening.instrument)
    ]  # fmt: skip
    scale = reverse("screening-scale", args=[screening.pk])
    return [*links, PartLink("Scale", scale, scale_words(screening.scale), here is None)]


def address_after(screening: Screening, part: Part) -> str:
    """Return the address of the page that follows: the next questions, or the scale."""
    following = part_after(screening.instrument, part)
    if following is None:
        return reverse("screening-scale", args=[screening.pk])
    return reverse("screening-domain", args=[screening.pk, following.code])


@dataclass(frozen=True)
class SuggestedScale:
    """A suggestion in words, its reasons grouped by the scale to which they point."""

    words: str
    reasons: tuple[tuple[str, tuple[Reason, ...]], ...]
    offered: tuple[str, ...]
    routes: tuple[str, ...]
    to_weigh: tuple[str, ...]
    confidence: str


def suggested_scale(suggestion: Suggestion) -> SuggestedScale:
    scales = sorted({reason.scale for reason in suggestion.reasons}, reverse=True)
    grouped = tuple(
        (f"Scale {scale}", tuple(r for r in suggestion.reasons if r.scale == scale))
        for scale in scales
    )
    return SuggestedScale(
        words=f"{suggestion.scale}, {suggestion.name}",
        reasons=grouped,
        offered=tuple(offer.words for offer in suggestion.offered),
        routes=suggestion.routes,
        to_weigh=suggestion.to_weigh,
        confidence=suggestion.confidence,
    )


def child_alone(facts: ChildFacts, where: str) -> tuple[tuple[str, str], ...]:
    """Return what is known of this child alone: age, disability, where the child was.

    where: as the notification says, or "" where that may not be seen.
    """
    known = (
        ("Age", _age_known(facts)),
        ("Disability or additional need", YES_OR_NO[facts.disability]),
        ("At the incident", where),
    )
    return tuple((heading, words) for heading, words in known if words)


def _age_known(facts: ChildFacts) -> str:
    if facts.unborn:
        return "Unborn"
    if facts.age_in_months is None:
        return "Not known"
    years = plural(facts.age_in_months // MONTHS, "year")
    age = years if facts.age_in_months >= MONTHS_UNTIL else plural(facts.age_in_months, "month")
    return f"{age}, under 7" if facts.age_in_months < UNDER_SEVEN else age


def result_lines(results: Iterable[ScaleResult]) -> list[str]:
    """Return each result that was kept, a line each, as "3, Serious (suggested 3), child-matrix
    2026.1, 24 November 2026, 08:20 by Ada Lovell. Heard it all."."""
    return [_result_line(one) for one in results]


def _result_line(one: ScaleResult) -> str:
    by = f" by {one.set_by.name}" if one.set_by else ""
    agreed = f" Agreed by {one.lower_agreed_by.name}." if one.lower_agreed_by else ""
    return (
        f"{scale_words(one.scale)} (suggested {one.suggested or 'nothing'}), {one.instrument}, "
        f"{moment(one.set_at)}{by}. {one.because}{agreed}"
    ).strip()
