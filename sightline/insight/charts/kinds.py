"""The few kinds of chart there are, in colours that everybody can tell apart.

The colours are those of Okabe and Ito (2008); no chart needs them: lines have marks, bars have
labels, and the table with every number stands beside each.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from sightline.insight.charts.drawing import drawn
from sightline.rules.statistics.charts import Chart, Drawn, Kind

BLUE, ORANGE, GREEN, PURPLE, GREY = "#0072b2", "#d55e00", "#007d5e", "#9c4f7f", "#5f6b73"
PALETTE = (BLUE, ORANGE, GREEN, PURPLE, GREY)
WIDTH, HEIGHT, BAR = 640, 230, 20
SHORT = 14  # labels under an axis, more are thinned out


@dataclass(frozen=True)
class Bars:
    """Bars by label, side by side by series. values: (label, series, number or None if hidden)."""

    values: Sequence[tuple[str, str, float | None]]
    axis: str
    stacked: bool = False


def of_series(chart: Chart, title: str, axis: str) -> Markup:
    """Draw a series with its middle and its limits; what lies outside is a larger diamond."""
    import altair as alt

    data = alt.Data(values=[_point(place, each) for place, each in enumerate(chart.points)])
    base = alt.Chart(data, width=WIDTH, height=HEIGHT).encode(x=_time(chart))
    usual = base.transform_filter("!datum.odd").mark_circle(color=BLUE, size=45, opacity=1)
    odd = base.transform_filter("datum.odd").mark_point(
        shape="diamond", color=ORANGE, filled=True, size=160, opacity=1
    )
    layers = [
        base.mark_line(color=GREY, strokeDash=[6, 4]).encode(y=alt.Y("middle:Q", title=axis)),
        base.mark_line(color=BLUE, strokeWidth=2).encode(y="value:Q"),
        usual.encode(y="value:Q"),
        odd.encode(y="value:Q"),
    ]
    if chart.points and chart.points[0].low is not None:
        limits = base.mark_line(color=ORANGE, strokeDash=[2, 3], interpolate="step")
        layers += [limits.encode(y=f"{name}:Q") for name in ("low", "high")]
    return drawn(alt.layer(*layers), title, told(chart))


def of_bars(bars: Bars, title: str, description: str) -> Markup:
    """Draw lying bars, each with its number at its end, so that nothing is read off an axis."""
    import altair as alt

    names = list(dict.fromkeys(series for _, series, _ in bars.values))
    domain = alt.Scale(domain=names, range=list(PALETTE[: len(names)]))
    legend = alt.Legend() if len(names) > 1 else None
    base = _lying(bars).encode(color=alt.Color("series:N", scale=domain, legend=legend))
    if bars.stacked:
        stacked = base.mark_bar(stroke="white").properties(height=alt.Step(BAR + 8))
        return drawn(stacked, title, description)
    step = alt.Step(BAR)
    if len(names) > 1:
        base, step = base.encode(yOffset=alt.YOffset("series:N", sort=names)), _for_each(step)
    text = base.mark_text(align="left", dx=4).encode(text="said:N", color=alt.value("#0b0c0c"))
    return drawn(alt.layer(base.mark_bar(), text).properties(height=step), title, description)


def _lying(bars: Bars) -> Any:
    import altair as alt

    values = [
        {"label": label, "series": series, "number": number or 0,
         "said": "hidden" if number is None else f"{number:,g}"}
        for label, series, number in bars.values
    ]  # fmt: skip
    labels = list(dict.fromkeys(label for label, _, _ in bars.values))
    axis = alt.Axis(labelLimit=320, domain=False, ticks=False)
    return alt.Chart(alt.Data(values=values), width=WIDTH - 200).encode(
        y=alt.Y("label:N", sort=labels, title=None, axis=axis),
        x=alt.X("number:Q", title=bars.axis, stack="zero" if bars.stacked else None),
    )


def _for_each(step: Any) -> Any:
    """The height of a bar, where several stand together under one label."""
    import altair as alt

    return alt.Step(step["step"], **{"for": "offset"})


def short(label: str) -> str:
    """ "October 2024 - December 2024" as it fits under a line: "Oct to Dec 2024"."""
    first, _, last = label.partition(" - ")
    if not last:
        return label
    (month, year), (end, until) = first.split(" ", 1), last.split(" ", 1)
    return f"{month[:3]} to {end[:3]} {until}" if year == until else f"{first} to {last}"


def told(chart: Chart) -> str:
    """Return what a series shows, for who cannot see it."""
    if not chart.points:
        return " ".join(chart.words)
    first, last = chart.points[0], chart.points[-1]
    unit = " per cent" if chart.kind is Kind.SHARE else ""
    return (
        f"{len(chart.points)} points from {first.label} ({first.value:.0f}{unit}) to {last.label}"
        f" ({last.value:.0f}{unit}). {' '.join(chart.words)} Every number is in the table."
    )


def _point(place: int, point: Drawn) -> dict[str, Any]:
    return {
        "place": place, "label": short(point.label), "value": point.value, "middle": point.middle,
        "low": point.low, "high": point.high, "odd": bool(point.outside) or point.in_run,
    }  # fmt: skip


def _time(chart: Chart) -> Any:
    import altair as alt

    thin = max(1, -(-len(chart.points) // SHORT))
    kept = [short(point.label) for place, point in enumerate(chart.points) if place % thin == 0]
    axis = alt.Axis(values=kept, labelAngle=-40, labelLimit=160, grid=False)
    return alt.X("label:O", sort=None, title=None, axis=axis)
