"""Small worlds by chance: notifications as rows, corrected and linked anew as time goes on."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from sightline.access.models import Agency
from sightline.actions.models import SocialCareEvent
from sightline.intake.models import Channel, Notification
from sightline.people.models import Household, Link, Mention, Person, Source

KINDS = ("initial_assessment", "core_assessment", "section_47", "child_protection_plan")
LONG = 900  # days that a record goes back


class ByChance:
    """The people, homes and senders of a world, and what happens to them."""

    def __init__(self, dice: Random, senders: Sequence[Agency], began: datetime) -> None:
        self.dice, self.senders = dice, list(senders)
        self.people = Person.objects.bulk_create(
            Person(given_name=f"P{n}", surname="Invented", created_at=began) for n in range(14)
        )
        self.homes = Household.objects.bulk_create(
            Household(key=f"chance-{n}", address=f"{n} Nowhere") for n in range(5)
        )
        self.said = 0

    @property
    def children(self) -> list[Person]:
        return self.people[:9]

    @property
    def adults(self) -> list[Person]:
        return self.people[9:]

    def told(self, many: int, at: datetime) -> None:
        """So many notifications come in at a moment, of any day before."""
        for _ in range(many):
            self.said += 1
            self._told(f"C-{self.said}", 1, at - timedelta(days=self.dice.randrange(LONG)), at)

    def later(self, at: datetime) -> None:
        """Everything that may come later comes at a moment: more, corrections, links, care."""
        self.told(5, at)
        standing = Notification.objects.filter(superseded_at=None).order_by("pk")
        for old in self.dice.sample(list(standing), 4):
            Notification.objects.filter(pk=old.pk).update(superseded_at=at)
            self._told(old.reference, old.version + 1, old.notified_at, at, old.sender)
        for link in self.dice.sample(list(Link.objects.filter(ended_at=None).order_by("pk")), 6):
            among = self.children if link.person in self.children else self.adults
            self.moved([link], self.dice.choice(among), at)
        mentions = list(Mention.objects.filter(role="child").order_by("pk"))
        SocialCareEvent.objects.bulk_create(
            SocialCareEvent(mention=mention, kind=self.dice.choice(KINDS), on=at.date(),
                            recorded_at=at)
            for mention in self.dice.sample(mentions, 4)
        )  # fmt: skip

    def moved(self, links: Sequence[Link], person: Person, at: datetime) -> None:
        """It is said at a moment that these mentions are somebody else."""
        Link.objects.filter(pk__in=[link.pk for link in links]).update(ended_at=at)
        Link.objects.bulk_create(
            Link(mention=link.mention, person=person, model="chance", decided_at=at)
            for link in links
        )

    def _told(
        self, reference: str, version: int, made: datetime, at: datetime,
        sender: Agency | None = None,
    ) -> None:  # fmt: skip
        source = Source.objects.create(
            household=self.dice.choice(self.homes), label="", on=made.date(), recorded_at=at
        )
        dice = self.dice
        named = [(person, "child") for person in dice.sample(self.children, dice.randrange(4))]
        victim, perpetrator = dice.sample(self.adults, 2)
        named += [(victim, "victim"), (perpetrator, "perpetrator")]
        mentions = Mention.objects.bulk_create(
            Mention(source=source, position=place, role=role, sex=dice.choice(("F", "M", "")),
                    age=dice.randrange(18) if role == "child" else None)
            for place, (_, role) in enumerate(named)
        )  # fmt: skip
        Link.objects.bulk_create(
            Link(mention=mention, person=person, model="chance", decided_at=at)
            for mention, (person, _) in zip(mentions, named, strict=True)
        )
        Notification.objects.create(
            sender=sender or dice.choice(self.senders), reference=reference, version=version,
            receipt=f"{reference}-{version}", channel=Channel.API, raw=b"", content={},
            notified_at=made, received_at=at, completeness=50, source=source,
        )  # fmt: skip
