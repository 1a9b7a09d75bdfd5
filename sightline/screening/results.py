"""The results of screening: each setting of a scale with all it rested on, one beside the other."""

from datetime import datetime

from sightline.common.clock import local_date
from sightline.rules.screening.answers import Answer as Value
from sightline.rules.screening.instrument import instrument_on
from sightline.screening.models import ScaleResult, Screening


def result_now(screening: Screening) -> ScaleResult | None:
    """Return the result that stands as it would be kept, unsaved; None while no scale is set."""
    if screening.scale is None or screening.scale_set_at is None:
        return None
    given = screening.answers.exclude(value=Value.NOT_ASKED).order_by("item")
    return ScaleResult(
        screening=screening, instrument=screening.instrument,
        answers=dict(given.values_list("item", "value")), suggested=screening.suggested,
        suggested_because=screening.suggested_because, scale=screening.scale,
        because=screening.scale_because, lower_agreed_by_id=screening.lower_agreed_by_id,
        set_at=screening.scale_set_at, set_by_id=screening.scale_set_by_id,
    )  # fmt: skip


def keep_result(screening: Screening) -> ScaleResult | None:
    """Keep the result that stands, unless the last one kept is the same."""
    last, this = screening.results.order_by("pk").last(), result_now(screening)
    if this is None or (last is not None and _rests_on(last) == _rests_on(this)):
        return None
    this.save()
    return this


def is_kept(screening: Screening) -> bool:
    """Whether the result that stands, with these answers and this version, is the last one kept."""
    last, this = screening.results.order_by("pk").last(), result_now(screening)
    return last is not None and this is not None and _rests_on(last) == _rests_on(this)


def _rests_on(result: ScaleResult) -> tuple[object, ...]:
    return (
        result.instrument, result.answers, result.scale, result.because, result.lower_agreed_by_id,
    )  # fmt: skip


def begin_again(screening: Screening, now: datetime) -> None:
    """Have a decided screening be asked in the version in force today; what came of it before is
    kept as it was scored. To be called by whoever ends the decision, in that transaction."""
    keep_result(screening)
    screening.instrument = instrument_on(local_date(now)).key
    screening.save(update_fields=["instrument"])
