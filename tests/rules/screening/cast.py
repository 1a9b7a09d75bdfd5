"""The facts that the screening tests share."""

from datetime import date

from sightline.rules.screening.answers import Answer
from sightline.rules.screening.child import ChildFacts
from sightline.rules.screening.history import Happening
from sightline.rules.screening.instrument import instrument_called
from sightline.rules.screening.suggest import Suggestion, suggest

MATRIX = instrument_called("child-matrix 2026.1")
TODAY = date(2026, 11, 20)

# A ten-year-old without any uplift, about whom everything is known.
TEN = ChildFacts(
    age_in_months=120,
    unborn=False,
    siblings=0,
    disability=False,
    home_educated=False,
    without_school=False,
    new_to_area=False,
    open_to_social_care=False,
    needs_interpreter=False,
    unstable_housing=False,
)


def said(yes: str = "", suspected: str = "", no: str = "") -> dict[str, Answer]:
    """Answers from ids in a line: said("V3 K2", suspected="C8")."""
    return {
        **dict.fromkeys(yes.split(), Answer.YES),
        **dict.fromkeys(suspected.split(), Answer.SUSPECTED),
        **dict.fromkeys(no.split(), Answer.NO),
    }


def suggestion(
    yes: str = "", suspected: str = "", child: ChildFacts = TEN, protective: str = ""
) -> Suggestion:
    return suggest(MATRIX, said(yes, suspected), child, said(protective))


def happening(on: date = TODAY, **changes: object) -> Happening:
    """He abuses her at home; her son is there. `changes` replace any part of it."""
    usual: dict[str, object] = {
        "household": "home",
        "perpetrators": frozenset({"him"}),
        "victims": frozenset({"her"}),
        "children": frozenset({"son"}),
        "officer_grade": None,
        "source_label": f"Police notification of {on:%Y-%m-%d}",
    }
    return Happening(on=on, **{**usual, **changes})  # type: ignore[arg-type]
