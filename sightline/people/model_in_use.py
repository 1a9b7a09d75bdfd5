"""The model that decides about links now: the shipped one, until another is switched to."""

from functools import lru_cache

from sightline.people.models import LinkModel
from sightline.rules.linkage.model import Model, parse, shipped


def model_in_use() -> Model:
    """Return the model in use. One query; the model itself is read once a process."""
    version = LinkModel.objects.filter(retired_at__isnull=True).values_list("version", flat=True)
    found = version.first()
    return _read(found) if found else shipped()


@lru_cache(2)
def _read(version: str) -> Model:
    return parse(LinkModel.objects.get(version=version).content)
