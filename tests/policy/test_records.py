"""Every record says how long it is kept, what in it is personal, and who did what."""

import pytest
from django.db.models import DateTimeField

from sightline.common.models import Kept, Record
from tests.policy.walk import models


@pytest.mark.parametrize("model", models(), ids=lambda m: m._meta.label)
def test_every_model_says_how_long_it_is_kept(model):
    assert issubclass(model, Record), f"{model.__name__}: derive it from common.models.Record"
    assert isinstance(model.kept, Kept), f"{model.__name__}: set `kept`"


@pytest.mark.parametrize("model", models(), ids=lambda m: m._meta.label)
def test_every_model_says_what_in_it_is_personal(model):
    fields = {field.name for field in model._meta.get_fields()}
    unknown = set(model.personal) - fields
    assert not unknown, f"{model.__name__}.personal names no field: {unknown}"


@pytest.mark.parametrize("model", models(), ids=lambda m: m._meta.label)
def test_every_moment_says_who(model):
    """`decided_at` needs `decided_by`, or the class says that the system does it by itself."""
    fields = {field.name for field in model._meta.get_fields()}
    by_the_system = set(getattr(model, "by_the_system", ()))
    moments = {f.name for f in model._meta.fields if isinstance(f, DateTimeField)}
    alone = {
        m for m in moments if m.endswith("_at") and m.removesuffix("_at") + "_by" not in fields
    } - by_the_system
    assert not alone, (
        f"{model.__name__}: {sorted(alone)} need a field ending in _by or `by_the_system`"
    )
    assert by_the_system <= moments, f"{model.__name__}.by_the_system names no moment"
