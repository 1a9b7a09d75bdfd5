"""Making the tables of an empty database in seconds instead of a minute.

While Django migrates it keeps, for every step, classes of all models as they then are, and after
each step makes those anew that a relation leads to. Nearly all of ours lead to users, so that each
constraint and each trigger had hundreds of classes made again: 66 s of processor, of which the
database needs two. In an empty database the class that changed is enough. Foreign keys of others
keep pointing at the class that was there before, and of that only its table and the type of its key
are asked. Where a migration renames a table or a key this would not hold; tests compare the tables
with those that Django makes unaided.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.migrations.state import ProjectState


@contextmanager
def one_class_a_step() -> Iterator[None]:
    """Within this block a step of a migration makes anew the class of the model it changes."""
    every = ProjectState._find_reload_model  # type: ignore[attr-defined]
    ProjectState._find_reload_model = _itself  # type: ignore[attr-defined]
    try:
        yield
    finally:
        ProjectState._find_reload_model = every  # type: ignore[attr-defined]


def _itself(state: ProjectState, app: str, model: str, delay: Any = False) -> set[tuple[str, str]]:
    return {(app, model.lower())}
