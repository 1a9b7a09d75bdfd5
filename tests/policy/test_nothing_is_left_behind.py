"""Every relation to a mention or a person says what joining and parting persons does to it."""

import pytest
from django.db import models as fields

from sightline.common.models import Fate
from sightline.people.models import Mention, Person
from sightline.people.relations import Relation, relations, unknown_relations
from tests.policy.walk import models

KNOWN = relations()


@pytest.mark.parametrize("model", models(), ids=lambda m: m._meta.label)
def test_every_relation_says_what_joining_does_to_it(model):
    assert not unknown_relations(model), (
        f"{model.__name__}: say in `on_join` what becomes of it (see common/models.py, Fate)"
    )


@pytest.mark.parametrize("relation", KNOWN, ids=lambda r: f"{r.model._meta.label}.{r.path}")
def test_what_is_said_is_said_of_a_relation_there_is(relation: Relation):
    model, last = relation.model, None
    for step in relation.path.split("__"):
        last = model._meta.get_field(step)
        model = getattr(last, "related_model", None) or model
    assert model in (Mention, Person) or relation.on_join.fate is Fate.STAYS


@pytest.mark.parametrize("relation", KNOWN, ids=lambda r: f"{r.model._meta.label}.{r.path}")
def test_what_is_counted_speaks_of_mentions_and_has_a_plural(relation: Relation):
    if not relation.on_join.one:
        return
    assert relation.on_join.many
    assert relation.on_join.fate is Fate.FOLLOWS


def test_a_relation_of_which_nothing_is_said_is_found():
    class Forgotten(fields.Model):
        mention = fields.ForeignKey(Mention, fields.PROTECT, related_name="+")
        about = fields.ManyToManyField(Person, related_name="+")

        class Meta:
            app_label = "forgotten"

    assert unknown_relations(Forgotten) == [
        "forgotten.Forgotten.mention",
        "forgotten.Forgotten.about",
    ]


@pytest.mark.django_db
def test_everything_that_hangs_on_a_mention_can_be_counted(world):
    from tests.world import notification

    world.notify(notification())
    leila = [world.mention("Leila").pk]
    found = {r.on_join.many: r.count(leila) for r in KNOWN if r.on_join.one}
    assert found["screenings"] == 1
    assert found["messages to schools"] == 1
    assert found["decisions"] == 0
