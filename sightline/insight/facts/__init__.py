"""The facts that there are: what snapshots hold, and figures ask."""

from sightline.insight.facts.action import ACTION
from sightline.insight.facts.base import Fact
from sightline.insight.facts.contact import CONTACT
from sightline.insight.facts.decision import DECISION
from sightline.insight.facts.followed import FOLLOWED
from sightline.insight.facts.notification import NOTIFIED

ALL: tuple[Fact, ...] = (CONTACT, NOTIFIED, FOLLOWED, DECISION, ACTION)
