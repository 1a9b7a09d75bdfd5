"""Charts, drawn on the server as SVG that stands in the page: no script, no style, no network."""
