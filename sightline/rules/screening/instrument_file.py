"""From a TOML table to an instrument; whatever is wrong in it is refused with its place."""

from collections.abc import Iterator

from sightline.rules.datafile import Table, heading, no_duplicates
from sightline.rules.screening.child import FACTS
from sightline.rules.screening.parts import (
    Accumulation,
    Domain,
    Instrument,
    Item,
    ProtectiveFactor,
    Uplift,
)
from sightline.rules.screening.wordscale import HIGHEST, LOWEST

MANY = 1000  # a bound for counts and months, to catch a slip of the keys


def parse(table: Table) -> Instrument:
    """The instrument that `table` describes. DataFileError when any part of it is wrong."""
    table.only(Instrument)
    instrument = Instrument(
        **heading(table),
        domains=tuple(_domain(t) for t in table.tables("domains")),
        items=tuple(_item(t) for t in table.tables("items")),
        accumulations=tuple(_accumulation(t) for t in table.tables("accumulations")),
        uplifts=tuple(_uplift(t) for t in table.tables("uplifts")),
        protective_factors=tuple(_protective(t) for t in table.tables("protective_factors")),
    )
    _check_names(instrument, table)
    return instrument


def _check_names(instrument: Instrument, table: Table) -> None:
    """Ids are one name space, so that a reason can point at any of them; domains are another."""
    no_duplicates((domain.id for domain in instrument.domains), table)
    no_duplicates(_ids(instrument), table)
    domains = {domain.id for domain in instrument.domains}
    for item in instrument.items:
        if item.domain not in domains:
            raise table.fault(f"item {item.id}: unknown domain {item.domain}")
    for domain in sorted(domains - {item.domain for item in instrument.items}):
        raise table.fault(f"domain {domain} has no items")


def _ids(instrument: Instrument) -> Iterator[str]:
    yield from (item.id for item in instrument.items)
    yield from (rule.id for rule in instrument.accumulations)
    yield from (uplift.id for uplift in instrument.uplifts)
    yield from (factor.id for factor in instrument.protective_factors)


def _domain(table: Table) -> Domain:
    table.only(Domain)
    return Domain(
        id=table.text("id"),
        name=table.text("name"),
        each_child=table.flag("each_child", missing=False),
    )


def _item(table: Table) -> Item:
    table.only(Item)
    return Item(
        id=table.text("id"),
        domain=table.text("domain"),
        question=_question(table),
        label=table.text("label"),
        floor=table.whole("floor", LOWEST, HIGHEST),
        raises=table.flag("raises", missing=True),
        from_history=table.flag("from_history", missing=False),
        route=_optional_text(table, "route"),
    )


def _accumulation(table: Table) -> Accumulation:
    table.only(Accumulation)
    of_scale = table.whole("of_scale", LOWEST, HIGHEST - 1)
    return Accumulation(
        id=table.text("id"),
        label=table.text("label"),
        of_scale=of_scale,
        count=table.whole("count", 2, MANY),
        domains=table.whole("domains", 1, MANY),
        points_to=table.whole("points_to", of_scale + 1, HIGHEST),
    )


def _uplift(table: Table) -> Uplift:
    table.only(Uplift)
    uplift = Uplift(
        id=table.text("id"),
        label=table.text("label"),
        from_months=_optional_whole(table, "from_months", 0, MANY),
        under_months=_optional_whole(table, "under_months", 0, MANY),
        facts=table.texts("facts"),
        minimum=_optional_whole(table, "minimum", LOWEST, HIGHEST),
        offers=table.steps("offers", LOWEST, HIGHEST),
        route=_optional_text(table, "route"),
    )
    _check_uplift(uplift, table)
    return uplift


def _check_uplift(uplift: Uplift, table: Table) -> None:
    for fact in uplift.facts:
        if fact not in FACTS:
            raise table.fault(f"unknown fact {fact}; known are {', '.join(FACTS)}")
    if uplift.from_months is None and uplift.under_months is None and not uplift.facts:
        raise table.fault("applies to every child: give it an age band or facts")
    if uplift.minimum is None and not uplift.offers and not uplift.route:
        raise table.fault("does nothing: give it a minimum, offers or a route")


def _protective(table: Table) -> ProtectiveFactor:
    table.only(ProtectiveFactor)
    return ProtectiveFactor(
        id=table.text("id"), question=_question(table), label=table.text("label")
    )


def _question(table: Table) -> str:
    question = table.text("question")
    if not question.endswith("?"):
        raise table.fault("question must end with a question mark")
    return question


def _optional_text(table: Table, key: str) -> str:
    return table.text(key) if table.has(key) else ""


def _optional_whole(table: Table, key: str, low: int, high: int) -> int | None:
    return table.whole(key, low, high) if table.has(key) else None
