"""The assets script must notice when a new release no longer looks as it expects."""

import importlib.util
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "assets" / "build.py"
SPEC = importlib.util.spec_from_file_location("assets_build", SCRIPT)
build = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(build)

FACE = "@font-face{font-family:GDS Transport;src:url(/assets/fonts/a.woff2)}"
NOTICE = "/*! Copyright (c) 2011 by Margaret Calvert & Henrik Kubel. */"
TEXT = ".a{font-family:GDS Transport,arial,sans-serif}"
CREST = ".b{background:url(/assets/images/govuk-crest.svg)}"
IMAGE = ".c{background:url(/assets/images/icon.svg)}"
MAP = "/*# sourceMappingURL=x.css.map */"


def test_typeface_crest_and_source_map_are_taken_out_and_images_are_ours():
    made = build.ours(NOTICE + FACE + TEXT + CREST + IMAGE + MAP, brings_font=True)
    assert made == (
        ".a{font-family:Arial,Helvetica,sans-serif}.b{background:none}"
        ".c{background:url(images/icon.svg)}"
    )


@pytest.mark.parametrize("missing", [NOTICE, FACE, TEXT, CREST, MAP])
def test_a_release_without_what_is_to_be_taken_out_stops_the_build(missing):
    css = (NOTICE + FACE + TEXT + CREST + IMAGE + MAP).replace(missing, "")
    with pytest.raises(SystemExit, match="found"):
        build.ours(css, brings_font=True)


@pytest.mark.parametrize(
    "left", [".d{font-family:'GDS Transport'}", ".d{src:url(/assets/fonts/b.woff)}", FACE]
)
def test_anything_left_of_it_stops_the_build(left):
    with pytest.raises(SystemExit, match="still in the styles"):
        build.ours(TEXT + left + MAP, brings_font=False)


def test_the_lock_file_names_no_registry():
    lock = (SCRIPT.parents[1] / "package-lock.json").read_text("utf-8")
    assert '"resolved"' not in lock
    assert '"integrity"' in lock
