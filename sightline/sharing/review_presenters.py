"""The page of a question in words: what speaks for and against, who was there, what would help."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sightline.common.words import clock_time, lasting, short_day
from sightline.people.models import LinkAnswer, LinkReview, Mention, Role
from sightline.rules.second_reading import disagree
from sightline.sharing.review_lines import Line, lines, mentioned, rows
from sightline.sharing.review_records import Other, Records, Stay

HALF = 60  # width of half a bar, in the units of its drawing
FULL = 16.0  # a weight that fills it: 1 in 65,000 by chance
STRENGTHS = ((9.0, "very strongly"), (5.0, "strongly"), (2.0, "clearly"), (0.5, "slightly"))


@dataclass(frozen=True)
class Step:
    """One step of the waterfall: words, "strongly for", its weight, and the bar from the middle."""

    words: str
    strength: str
    weight: str
    left: float
    width: float
    kind: str


@dataclass(frozen=True)
class Beside:
    """Somebody else of the two notifications, and what that says."""

    who: str
    what: str
    kind: str
    asked: int


@dataclass(frozen=True)
class Comparison:
    """Everything on the page of one question, in words."""

    doubts: tuple[str, ...]
    lines: tuple[Line, ...]
    new_heading: str
    known_heading: str
    steps: tuple[Step, ...]
    total: Step
    would_help: tuple[str, ...]
    others: tuple[Beside, ...]
    ties: tuple[tuple[str, str], ...]
    stays: tuple[tuple[str, str], ...]
    all_new: tuple[tuple[str, ...], ...]
    all_known: tuple[tuple[str, ...], ...]


def comparison(review: LinkReview, records: Records) -> Comparison:
    """Prepare a question for its page."""
    new, known = records.new.mentions, records.known.mentions
    weights = sorted(review.reasons, key=lambda reason: -abs(reason[1]))
    return Comparison(
        doubts=(*map(sentence, review.doubts), *_born_together(records)),
        lines=tuple(lines(new, known)),
        new_heading=_heading("What is odd" if review.kind == "odd" else "New", new),
        known_heading=_heading("The rest" if review.kind == "odd" else "Known", known),
        steps=tuple(_step(words, weight) for words, weight in weights),
        total=_step("Together", review.weight),
        would_help=tuple(would_help(new, known)),
        others=tuple(_beside(records.others)),
        ties=tuple(_ties(records)),
        stays=tuple(_stays(records)),
        all_new=tuple(rows(new)),
        all_known=tuple(rows(known)),
    )


def _heading(what: str, mentions: Sequence[Mention]) -> str:
    return f"{what}: {mentioned(mentions)}"


def sentence(words: str) -> str:
    """Return words as the beginning of a sentence."""
    return words[:1].upper() + words[1:]


def _step(words: str, weight: float) -> Step:
    width = round(min(abs(weight) / FULL, 1.0) * HALF, 1)
    kind = "for" if weight > 0 else "against" if weight < 0 else "neither"
    return Step(
        words=sentence(words),
        strength=_strength(weight),
        weight=f"{weight:+.1f}".replace("-", "−"),
        left=HALF if weight >= 0 else round(HALF - width, 1),
        width=width,
        kind=kind,
    )


def _strength(weight: float) -> str:
    side = "for" if weight > 0 else "against"
    strong = next((word for least, word in STRENGTHS if abs(weight) >= least), "")
    return f"{strong} {side}" if strong else "says little"


def _born_together(records: Records) -> Iterator[str]:
    """Warn of somebody else who was born on the same day: of twins one is easily taken for two."""
    here = {m.birth_date for side in (records.new, records.known) for m in side.mentions} - {None}
    for other in records.others:
        if other.birth_date in here:
            where = _where(other)
            yield f"{_who(other)} was born on the same day and is named {where}: they may be twins"


def _where(other: Other) -> str:
    if other.with_new and other.with_known:
        return "with both records"
    return "with the new record" if other.with_new else "with the known record"


def _who(other: Other) -> str:
    roles = " and ".join(role.lower() for role in other.roles)
    return f"{other.name} ({roles})" if other.name else f"Somebody ({roles})"


def _beside(others: Sequence[Other]) -> Iterator[Beside]:
    """Whoever is in both comes first: that says most."""
    for other in sorted(others, key=lambda o: not (o.with_new and o.with_known)):
        both = other.with_new and other.with_known
        words = "named with both: the same person already" if both else f"named {_where(other)}"
        yield Beside(_who(other), words, "same" if both else "only", other.asked)


def _ties(records: Records) -> Iterator[tuple[str, str]]:
    for what, side in (("New", records.new), ("Known", records.known)):
        said = dict.fromkeys(words for m in side.mentions for words in records.tied.get(m.pk, ()))
        if said:
            yield what, "; ".join(said)


def _stays(records: Records) -> Iterator[tuple[str, str]]:
    """Say where each lived and when, unless it is one address that stands above already."""
    if len({stay.address for stays in records.stays.values() for stay in stays}) < 2:
        return
    for what, stays in zip(("New", "Known"), (records.stays[0], records.stays[1]), strict=True):
        if stays:
            yield what, "; ".join(map(_stay, stays))


def _stay(stay: Stay) -> str:
    if stay.first == stay.last:
        return f"{stay.address} ({short_day(stay.last)})"
    return f"{stay.address} ({short_day(stay.first)} to {short_day(stay.last)})"


def would_help(new: Sequence[Mention], known: Sequence[Mention]) -> Iterator[str]:
    """Yield what, if it were known, would settle the question or bring it forward."""
    child = any(m.role == Role.CHILD for m in (*new, *known))
    wanted = [("nhs_number", "An NHS number", "would settle this"),
              ("birth_date", "A date of birth", "would say most")]  # fmt: skip
    wanted += [("upn", "A unique pupil number", "would settle this")] if child else []
    wanted += [("phone", "A telephone number", "would help")]
    for field, what, worth in wanted:
        here = any(getattr(m, field) for m in new)
        there = any(getattr(m, field) for m in known)
        if here and there:
            continue
        if field == "birth_date" or here or there:
            missing = "the known record" if here else "the new notification" if there else "both"
            yield f"{what} for {missing} {worth}"
        elif field == "nhs_number":
            yield f"{what} for both {worth}"


SAID = {"same": "the same person", "not_same": "not the same person", "unsure": "cannot tell"}
SAID_OF_ODD = {"same": "one person", "not_same": "several people", "unsure": "cannot tell"}


def said_words(review: LinkReview, decision: str) -> str:
    """Return an answer in words, as it was put."""
    return (SAID_OF_ODD if review.kind == "odd" else SAID)[decision]


def disagreement(review: LinkReview, answers: Sequence[LinkAnswer]) -> list[str]:
    """Return what two who disagree said and why, for the third; nothing while they do not."""
    if not disagree([answer.decision for answer in answers]):
        return []
    return [
        f"One said {said_words(review, answer.decision)}: {answer.because or 'no reason given'}"
        for answer in answers
    ]


@dataclass(frozen=True)
class Last:
    """What the reviewer said last, so that it can be taken back at once."""

    review_id: int
    words: str
    at: str


def last_words(answer: LinkAnswer | None) -> Last | None:
    if answer is None:
        return None
    words = said_words(answer.review, answer.decision)
    return Last(answer.review_id, words, clock_time(answer.answered_at))


@dataclass(frozen=True)
class Listed:
    """A question in the list: without a name, for lists are read over shoulders."""

    pk: int
    what: str
    waiting: str
    notes: tuple[str, ...]


def listed(review: LinkReview, now: datetime) -> Listed:
    """review: one of `questions_for`."""
    mention = review.mention
    role, on = mention.get_role_display().lower(), short_day(mention.source.on)
    asked = "One person or several" if review.kind == "odd" else "The same person"
    notes = ["Two people answer, each alone"] if review.two_to_answer else []
    if unsure := getattr(review, "unsure", None):
        notes.append(f"You could not tell on {short_day(unsure)}")
    elif put_off := getattr(review, "put_off", None):
        notes.append(f"A colleague could not tell on {short_day(put_off)}")
    return Listed(
        review.pk, f"{asked}? A {role} in a notification of {on}",
        f"{lasting(now - review.asked_at)}", tuple(notes),
    )  # fmt: skip
