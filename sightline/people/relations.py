"""Every relation of any record to a mention or a person, and what joining and parting does to it.

An allow-list: each model says so itself (`on_join`, common/models.py), so that lower apps need not
know the higher ones. A relation of which nothing is said stops every change, before it can leave
something behind.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Field, Model

from sightline.common.models import OnJoin
from sightline.people.models import Mention, Person


@dataclass(frozen=True)
class Relation:
    """How records of a model hang on mentions or persons, and what becomes of them."""

    model: type[Model]
    path: str
    on_join: OnJoin

    def count(self, mention_ids: Collection[int]) -> int:
        """Return how many of these records that count speak of the mentions."""
        found = self.model._base_manager.filter(**{f"{self.path}__in": mention_ids})
        if self.on_join.standing is not None:
            found = found.filter(self.on_join.standing)
        return found.count()


@lru_cache(1)
def relations() -> tuple[Relation, ...]:
    """Return the allow-list. Raises ImproperlyConfigured where a relation is not on it."""
    ours = list(our_models())
    if unknown := [name for model in ours for name in unknown_relations(model)]:
        raise ImproperlyConfigured(
            f"{', '.join(unknown)}: say in `on_join` what joining does to it"
        )
    return tuple(
        Relation(model, path, fate)
        for model in ours
        for path, fate in getattr(model, "on_join", {}).items()
    )


def our_models() -> Iterator[type[Model]]:
    """Yield every model but those of histories, which stay as written by what they are."""
    return (model for model in apps.get_models() if not hasattr(model, "pgh_tracked_model"))


def unknown_relations(model: type[Model]) -> list[str]:
    """Return the model's relations to a mention or a person of which nothing is said."""
    said: Mapping[str, OnJoin] = getattr(model, "on_join", {})
    return [f"{model._meta.label}.{name}" for name in _towards_people(model) if name not in said]


def _towards_people(model: type[Model]) -> Iterator[str]:
    """Yield the names of foreign keys and many-to-many fields to Mention or Person."""
    for field in model._meta.get_fields():
        if isinstance(field, Field) and field.related_model in (Mention, Person):
            yield field.name


def counted() -> list[Relation]:
    """Return what a plan counts: what hangs on mentions under a noun of its own."""
    return [relation for relation in relations() if relation.on_join.one]
