"""The sharing rules as a chapter that an information governance lead can read and correct."""

from sightline.rules.handbook.parts import Chapter, Section, Table
from sightline.rules.sharing.parts import Agreement, Extent, Pack, Row

EXTENTS = {
    Extent.FACT: "the fact only",
    Extent.SUMMARY: "a summary",
    Extent.DETAIL: "in detail",
}
AGREEMENTS = {
    Agreement.NOT_NEEDED: "not needed",
    Agreement.SEEK: "sought where it is safe; a refusal stands unless somebody gives a reason",
    Agreement.SERVICE: "needed, to the service: without it nothing is told",
    Agreement.PERPETRATOR: "needed, of the person who joins the programme",
}
RULE = (
    "What no row covers is not told. A child without a scale is covered only by rows for every"
    " scale. No two rows answer the same question.",
    "What would harm the child more than not telling is not told, and the reason is kept.",
    "Agreement here is agreement to a service, or courtesy; it is never consent under the UK GDPR.",
    "Three things are called consent and kept in three fields: agreement to a service, consent to"
    " medical treatment, consent under data protection law. Only the first is asked for by a row.",
)


def describe(pack: Pack) -> Chapter:
    """Return the rules in words."""
    return Chapter(
        title=pack.title,
        key=pack.key,
        source=pack.source,
        where="sightline/rules/sharing/data",
        commencement=pack.commencement,
        end=pack.end,
        sections=(
            Section("How an answer is found", RULE),
            Section("The rows", (), (_rows(pack),)),
            Section(
                "When agreement is not sought and the family not told first",
                tuple(reason.name for reason in pack.unsafe),
            ),
        ),
    )


def _rows(pack: Pack) -> Table:
    return Table(headings(), tuple(cells(row, pack) for row in pack.rows))


def headings() -> tuple[str, ...]:
    """Return what each of the cells of a row is."""
    return ("Rule", "What", "To whom", "Scale", "How much", "Agreement", "Ground", "With it")


def cells(row: Row, pack: Pack) -> tuple[str, ...]:
    """Return a row in words, a cell for each of `headings`."""
    return (
        f"{row.id} ({row.version})" if row.version else row.id,
        "; ".join(pack.word(matter) for matter in row.matters),
        "; ".join(pack.word(recipient) for recipient in row.to),
        ", ".join(map(str, row.scales)) or "any",
        "never" if row.never else EXTENTS[row.extent],
        "" if row.never else AGREEMENTS[row.agreement],
        row.gateway if row.never else f"{row.gateway}. {row.basis}",
        " ".join(_with_it(row)),
    )


def _with_it(row: Row) -> list[str]:
    only_if = [f"Only if: {row.only_if}"] if row.only_if else []
    left_out = [f"Left out: {'; '.join(row.limits)}."] if row.limits else []
    return [*only_if, *left_out, *row.say]


def options(pack: Pack) -> tuple[dict[str, str], dict[str, str]]:
    """Return the words for every matter and every recipient, in the order of the file."""
    matters = {str(named.id): named.name for named in pack.matters}
    return matters, {str(named.id): named.name for named in pack.recipients}
