"""What a map shows that a figure by ward shows too: it is settled there first."""

from collections.abc import Iterator

from sightline.insight.engine.base import Engine
from sightline.insight.figures.base import Figure
from sightline.insight.figures.households_by_notifications import HouseholdsByNotifications
from sightline.insight.figures.over_time import LATELY, RepeatsByMonth
from sightline.insight.maps.counting import NOTIFICATIONS, REPEATS, Counting
from sightline.insight.maps.protecting import ALL, FIRST, Key
from sightline.insight.protecting import UNKNOWN, Tables, tables_of
from sightline.insight.whole import Whole
from sightline.rules.disclosure.beside import Beside, Same
from sightline.rules.disclosure.policy import Policy
from sightline.rules.disclosure.tables import EVERYWHERE, is_total, key_of, label_of

SHOWN_BY: dict[str, tuple[type[Figure], str]] = {
    NOTIFICATIONS.id: (HouseholdsByNotifications, "total_notifications"),
    REPEATS.id: (RepeatsByMonth, LATELY),
}


def beside_of(counting: Counting, engine: Engine, in_year: Whole, policy: Policy) -> Beside:
    """Return what is hidden of the wards of a year in the figure that counts the same."""
    kind, column = SHOWN_BY[counting.id]
    figure = kind()
    theirs = tables_of(figure, engine, in_year, policy, "ward")
    chosen = theirs.hidden[max(theirs.hidden)] if theirs.hidden else None
    same = tuple(_same(figure, column, theirs, in_year))
    return Beside(same, {FIRST: chosen} if chosen else {})


def _same(figure: Figure, name: str, theirs: Tables, in_year: Whole) -> Iterator[Same]:
    column = [each.name for each in figure.columns].index(name)
    for table in theirs.laid:
        for row in table.rows if table.when == in_year.name else ():
            label = label_of(row, theirs.shape)
            if figure.by_time or is_total(label):
                key = key_of(table, label, column)
                yield Same(key, int(row[column] or 0), FIRST, (_ward(table.place),))


def _ward(place: str) -> Key:
    if place == EVERYWHERE:
        return ALL
    return "ward", "" if place == UNKNOWN else place
