"""The themes of a file audit, and a file that cannot be used."""

from datetime import date

import pytest

from sightline.rules.assurance.themes import audit_on, load_audit, shipped_audits
from sightline.rules.datafile import DataFileError


def test_the_five_themes_of_the_published_audit_are_asked():
    themes = audit_on(date(2026, 11, 22)).themes
    assert [theme.id for theme in themes] == ["risk", "impact", "agencies", "perpetrator", "voice"]
    assert "32 per cent of 331 files" in themes[-1].published


def test_before_the_first_version_there_is_none():
    with pytest.raises(LookupError):
        audit_on(date(2021, 1, 1))


def test_a_theme_without_questions_is_refused(tmp_path):
    shipped = shipped_audits()[0]
    path = tmp_path / "file_audit_x.toml"
    path.write_text(
        f'id = "x"\nversion = "1"\ntitle = "t"\nsource = "s"\ncommencement = {shipped.commencement}'
        '\n[[themes]]\nid = "risk"\nname = "Risk"\nquestions = []\npublished = "p"\n'
    )
    with pytest.raises(DataFileError, match="questions must not be empty"):
        load_audit(path)
