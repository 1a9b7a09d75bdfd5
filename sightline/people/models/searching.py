"""By what persons are found. Derived (people/findable.py); it may be thrown away."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from sightline.common.models import CASE_RECORD, Fate, OnJoin, Record
from sightline.people.models.persons import Person


class SearchEntry(Record):
    """Everything by which a person can be looked up: the terms of all their mentions, together.

    Derived (people/findable.py) and redone whenever a link changes; it may be thrown away.
    """

    kept = CASE_RECORD
    personal = ("terms",)
    on_join = {"person": OnJoin(Fate.RENEWED)}

    person = models.OneToOneField(
        Person, models.CASCADE, primary_key=True, related_name="search_entry"
    )
    terms = ArrayField(models.TextField())
    last_seen = models.DateField()  # of the newest source that speaks of them

    class Meta:
        indexes = [
            GinIndex(fields=["terms"], name="search_entry_terms", fastupdate=False),
            models.Index(fields=["-last_seen"], name="search_entry_last_seen"),
        ]


class Findable(Record):
    """The same rows, as a view of the wall (config/wall): its index serves whoever searches.

    Behind a policy no index of arrays is used, because comparing them is not proof against leaks.
    """

    kept = CASE_RECORD
    personal = ("terms",)
    on_join = {"person": OnJoin(Fate.RENEWED)}

    person = models.OneToOneField(
        Person, models.DO_NOTHING, primary_key=True, related_name="findable"
    )
    terms = ArrayField(models.TextField())
    last_seen = models.DateField()

    class Meta:
        managed = False
        db_table = 'wall"."people_searchentry'


class SearchWord(Record):
    """A word that stands in some name or address: what is typed is compared with these alone.

    However many people there are, there are only some tens of thousands of words.
    """

    kept = CASE_RECORD
    personal = ("word",)

    kind = models.CharField(max_length=1)  # rules.search.parts.Kind: a name's or a street's
    word = models.CharField(max_length=160)
    sounds = ArrayField(models.TextField())  # of a name; a street has none

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "word"], name="search_word_once")]
        indexes = [
            GinIndex(fields=["sounds"], name="search_word_sounds"),
            GinIndex(fields=["word"], name="search_word_trigrams", opclasses=["gin_trgm_ops"]),
        ]
