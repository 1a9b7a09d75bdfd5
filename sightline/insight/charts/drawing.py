"""From a chart described in data to SVG that may stand in a page.

Vega draws with attributes alone, no styles; what is not on the list below is refused, so that a
new version of it cannot bring in what the page's security policy would block. A chart is drawn once
for the same data: a second's work becomes none.
"""

import hashlib
import json
import xml.etree.ElementTree as ET
from typing import Any

from django.core.cache import cache
from markupsafe import Markup

SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = frozenset({"svg", "g", "rect", "path", "line", "text", "tspan", "title", "desc"})
ATTRIBUTES = frozenset({
    "viewBox", "x", "y", "x1", "x2", "y1", "y2", "d", "width", "height", "transform", "fill",
    "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray",
    "stroke-linejoin", "stroke-linecap", "stroke-miterlimit", "opacity", "text-anchor", "dy", "dx",
    "font-family", "font-size", "font-weight", "font-style",
})  # fmt: skip
DROPPED = frozenset({
    "class", "role", "aria-label", "aria-hidden", "aria-roledescription", "version", "display",
    "pointer-events",
})  # fmt: skip
KEPT_FOR = 24 * 3600
CONFIG = {
    "font": "Arial, Helvetica, sans-serif", "background": None, "view": {"stroke": None},
    "axis": {"labelFontSize": 13, "titleFontSize": 13, "titleFontWeight": "normal",
             "labelColor": "#0b0c0c", "titleColor": "#0b0c0c", "gridColor": "#cecece"},
    "legend": {"labelFontSize": 13, "title": None, "orient": "top", "labelLimit": 400,
               "symbolSize": 140},
    "text": {"fontSize": 13},
}  # fmt: skip


class NotDrawnError(ValueError):
    """The drawing has something in it that must not stand in a page."""


def drawn(chart: Any, title: str, description: str) -> Markup:
    """Return an Altair chart as SVG with its title and what somebody who cannot see it is told."""
    described = json.dumps({**chart.to_dict(), "config": CONFIG}, sort_keys=True)
    digest = hashlib.sha256(f"{title}\n{description}\n{described}".encode()).hexdigest()
    key = f"chart:{digest}"
    svg = cache.get(key)
    if svg is None:
        svg = safe(_by_vega(described), title, description, f"chart-{digest[:10]}")
        cache.set(key, svg, KEPT_FOR)
    return Markup(svg)  # noqa: S704 - only what `safe` let through


def _by_vega(described: str) -> str:
    import vl_convert  # a browser's engine: only where something is drawn

    return vl_convert.vegalite_to_svg(described)


def safe(svg: str, title: str, description: str, ident: str) -> str:
    """Return an SVG without anything but shapes and texts; NotDrawnError if there is more."""
    ET.register_namespace("", SVG.strip("{}"))
    root = ET.fromstring(svg)  # noqa: S314 - Vega's own, of our data
    for element in root.iter():
        _clean(element)
    root.attrib |= {
        "role": "img", "aria-labelledby": f"{ident}-t {ident}-d", "class": "app-chart__svg",
        "focusable": "false",
    }  # fmt: skip
    for place, (name, text) in enumerate((("title", title), ("desc", description))):
        told = ET.Element(f"{SVG}{name}", {"id": f"{ident}-{name[0]}"})
        told.text = text
        root.insert(place, told)
    return ET.tostring(root, encoding="unicode")


def _clean(element: ET.Element) -> None:
    if element.tag.removeprefix(SVG) not in ELEMENTS:
        raise NotDrawnError(element.tag)
    for name in list(element.attrib):
        if name in DROPPED:
            del element.attrib[name]
        elif name not in ATTRIBUTES or "url(" in element.attrib[name]:
            raise NotDrawnError(name)
