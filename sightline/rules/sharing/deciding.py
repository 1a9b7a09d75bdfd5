"""May this be told to them? The answer with its ground, its limits and its reason in words."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sightline.rules.sharing.parts import Agreement, Extent, Matter, Pack, Recipient, Row


class Verdict(StrEnum):
    """What the rules say."""

    SHARE = "share"
    ASK_FIRST = "ask_first"
    DO_NOT_SHARE = "do_not_share"


class Given(StrEnum):
    """What somebody said who was asked to agree to a service, or to a programme."""

    YES = "yes"
    NO = "no"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True)
class Question:
    """What one wants to know before telling somebody something.

    `scale` is that of the child, or None before it is set. Three things are called consent, each
    asked for by itself: `agreed`, agreement to a service; `treatment`, consent to medical
    treatment; `data_consent`, consent as the ground of UK GDPR 6(1)(a). `unsafe`: ids of the
    reasons for which agreement must not be sought. `confirmed`: the row's condition was confirmed
    by a person. `listed`: the recipient is under the duty of Children Act 2004 s.16LA;
    `duty_from`: the day from which the partnership says that it holds. `detrimental`: why telling
    would harm the child more than not telling.
    """

    matter: Matter
    to: Recipient
    on: date
    scale: int | None = None
    agreed: Given = Given.NOT_ASKED
    unsafe: frozenset[str] = frozenset()
    confirmed: bool = False
    listed: bool = False
    duty_from: date | None = None
    detrimental: str = ""
    treatment: Given = Given.NOT_ASKED
    data_consent: Given = Given.NOT_ASKED


@dataclass(frozen=True)
class Answer:
    """What the rules say, and why. `row` and `pack` name what it rests on, in which version.

    Without an `extent` nobody may tell it; with one, whoever decides against the verdict says why.
    """

    verdict: Verdict
    because: str
    pack: str
    row: str = ""
    extent: Extent | None = None
    gateway: str = ""
    basis: str = ""
    limits: tuple[str, ...] = ()
    say: tuple[str, ...] = ()
    confirm: str = ""  # a condition that a person has to confirm before it may be told
    do_not_ask: tuple[str, ...] = ()  # why agreement must not be sought, in words
    duty: bool = False  # there is a duty to tell, not only a power


def may_tell(question: Question, pack: Pack) -> Answer:
    """Whether this may be told, how much of it and on which ground.

    What no row covers is not told. A child without a scale is answered by rows for every scale
    alone. Source: the rows, each with its gateway; Children Act 2004 s.16LA, inserted by the
    Children's Wellbeing and Schools Act 2026 s.4, from the day that the partnership sets: listed
    bodies must be told what is relevant, unless that is more detrimental to the child.
    """
    answer = _by_the_rows(question, pack)
    return replace(answer, because=" ".join((answer.because, *_other_consents(question))))


def _other_consents(question: Question) -> Iterator[str]:
    """Say of what is also called consent that it opens and shuts nothing. Source: DfE advice on
    information sharing (2024); ICO, lawful bases in safeguarding."""
    if question.treatment is not Given.NOT_ASKED:
        yield "Consent to treatment is about the treatment alone and changes nothing here."
    if question.data_consent is not Given.NOT_ASKED:
        yield "Consent under data protection law is not the ground here and changes nothing."


def _by_the_rows(question: Question, pack: Pack) -> Answer:
    row = _row_for(question, pack)
    if row is None:
        return _nothing_covers(question, pack)
    if row.never:
        return _no(f"The rules say never: {row.gateway}.", pack, row)
    if question.detrimental.strip():
        return _no(
            "Telling would harm the child more than not telling: "
            f"{question.detrimental.strip().rstrip('.')}.",
            pack,
            row,
        )
    return _by_agreement(question, row, pack)


def _row_for(question: Question, pack: Pack) -> Row | None:
    for row in pack.rows:
        if question.matter in row.matters and question.to in row.to and _at_scale(row, question):
            return row
    return None


def _at_scale(row: Row, question: Question) -> bool:
    return not row.scales or question.scale in row.scales


def _nothing_covers(question: Question, pack: Pack) -> Answer:
    scales = sorted(
        scale
        for row in pack.rows
        if question.matter in row.matters and question.to in row.to
        for scale in row.scales
    )
    if not scales:
        return _no("No rule allows it. Ask the information governance lead.", pack)
    at = ", ".join(map(str, scales))
    if question.scale is None:
        return _no(f"It depends on the scale ({at}), and this child has none yet.", pack)
    return _no(f"The rules allow it at scale {at}; this child is at {question.scale}.", pack)


def _by_agreement(question: Question, row: Row, pack: Pack) -> Answer:
    why_not_asked = unsafe_in_words(question.unsafe, pack)
    if row.agreement is Agreement.NOT_NEEDED:
        return _yes("No agreement is needed.", question, row, pack, why_not_asked)
    if question.agreed is Given.YES:
        return _yes("Agreement was given.", question, row, pack)
    if row.agreement is Agreement.SEEK:
        return _where_sought(question, row, pack, why_not_asked)
    whose = "the person who joins it" if row.agreement is Agreement.PERPETRATOR else "the family"
    if question.agreed is Given.NO:
        return _no(f"It needs the agreement of {whose}, who said no.", pack, row)
    if why_not_asked:
        return _no(f"It needs the agreement of {whose}, and asking is unsafe.", pack, row)
    return _ask(f"The service needs the agreement of {whose}.", question, row, pack)


def _where_sought(
    question: Question, row: Row, pack: Pack, why_not_asked: tuple[str, ...]
) -> Answer:
    """Agreement that is sought where safe: not asked where it is not; a no counts."""
    if question.agreed is Given.NO:
        because = "Agreement was refused. To tell it all the same needs a reason."
        return _ruled(Verdict.DO_NOT_SHARE, because, question, row, pack)
    if why_not_asked:
        return _yes("Agreement must not be sought.", question, row, pack, why_not_asked)
    return _ask("Seek agreement first: nothing says that asking is unsafe.", question, row, pack)


def unsafe_in_words(ids: Collection[str], pack: Pack) -> tuple[str, ...]:
    """Return the reasons in words, as the rules order them. LookupError for an unknown one."""
    known = {reason.id for reason in pack.unsafe}
    if strange := sorted(set(ids) - known):
        raise LookupError(f"unknown reason {', '.join(strange)}")
    return tuple(reason.name for reason in pack.unsafe if reason.id in ids)


def _yes(
    because: str, question: Question, row: Row, pack: Pack, why_not_asked: tuple[str, ...] = ()
) -> Answer:
    if row.only_if and not question.confirmed:
        return _ruled(Verdict.ASK_FIRST, f"Only if: {row.only_if}", question, row, pack)
    return _ruled(Verdict.SHARE, because, question, row, pack, why_not_asked)


def _ask(because: str, question: Question, row: Row, pack: Pack) -> Answer:
    return _ruled(Verdict.ASK_FIRST, because, question, row, pack)


def _ruled(
    verdict: Verdict,
    because: str,
    question: Question,
    row: Row,
    pack: Pack,
    why_not_asked: tuple[str, ...] = (),
) -> Answer:
    duty = under_duty(question)
    if duty:
        because += " There is a duty to tell it (Children Act 2004 s.16LA)."
    return Answer(
        verdict, because, row.version or pack.key, row.id, row.extent, row.gateway, row.basis,
        row.limits, row.say, "" if question.confirmed else row.only_if, why_not_asked, duty,
    )  # fmt: skip


def under_duty(question: Question) -> bool:
    """Whether the duty of Children Act 2004 s.16LA holds towards this recipient on this day."""
    return question.listed and question.duty_from is not None and question.duty_from <= question.on


def _no(because: str, pack: Pack, row: Row | None = None) -> Answer:
    version = row.version if row else ""
    return Answer(Verdict.DO_NOT_SHARE, because, version or pack.key, row.id if row else "")
