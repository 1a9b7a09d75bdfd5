"""Mentions as they were written, the persons they are linked to, and where people lived.

A source is one document in which people are mentioned (a notification). Nobody is two people in
one source. A person is nothing but the mentions linked to it: names and dates on `Person` are a
cached reading of those, redone whenever a link changes.
"""

from sightline.people.models.families import Relationship, Residence
from sightline.people.models.links import Link, LinkChange, LinkModel, NotSame, NotSameSide
from sightline.people.models.mentions import LinkKey, Mention, Presence, Role
from sightline.people.models.persons import KeptFrom, Person
from sightline.people.models.reviews import EarlierOutcome, LinkAnswer, LinkReview, LinkShown
from sightline.people.models.searching import Findable, SearchEntry, SearchWord
from sightline.people.models.sources import Household, Incident, Source

__all__ = [
    "EarlierOutcome",
    "Findable",
    "Household",
    "Incident",
    "KeptFrom",
    "Link",
    "LinkAnswer",
    "LinkChange",
    "LinkKey",
    "LinkModel",
    "LinkReview",
    "LinkShown",
    "Mention",
    "NotSame",
    "NotSameSide",
    "Person",
    "Presence",
    "Relationship",
    "Residence",
    "Role",
    "SearchEntry",
    "SearchWord",
    "Source",
]
