"""The facts that there are: what snapshots hold, and figures ask."""

from sightline.insight.facts.abused import ABUSED
from sightline.insight.facts.action import ACTION
from sightline.insight.facts.answer import ANSWER
from sightline.insight.facts.arrived import ARRIVED
from sightline.insight.facts.asked import ASKED
from sightline.insight.facts.asked_for import ASKED_FOR
from sightline.insight.facts.audited import AUDITED
from sightline.insight.facts.base import Fact
from sightline.insight.facts.care import CARE
from sightline.insight.facts.checked import CHECKED
from sightline.insight.facts.compared import COMPARED
from sightline.insight.facts.contact import CONTACT
from sightline.insight.facts.decision import DECISION
from sightline.insight.facts.described import DESCRIBED
from sightline.insight.facts.emergency import EMERGENCY
from sightline.insight.facts.escalated import ESCALATED
from sightline.insight.facts.followed import FOLLOWED
from sightline.insight.facts.graded import GRADED
from sightline.insight.facts.heard import HEARD_CASE
from sightline.insight.facts.mentioned import MENTIONED_BY_DAY
from sightline.insight.facts.notification import NOTIFIED
from sightline.insight.facts.returned import RETURNED
from sightline.insight.facts.screened import SCREENED
from sightline.insight.facts.settled import SETTLED
from sightline.insight.facts.timed import TIMED
from sightline.insight.facts.told import TOLD_SCHOOLS
from sightline.insight.facts.waited import WAITED
from sightline.insight.facts.worded import WORDED

ALL: tuple[Fact, ...] = (
    CONTACT, NOTIFIED, FOLLOWED, DECISION, ACTION, DESCRIBED, ABUSED, GRADED, CARE, AUDITED,
    ASKED_FOR, ARRIVED, MENTIONED_BY_DAY, SCREENED, CHECKED, TIMED,
    ASKED, ESCALATED, HEARD_CASE, RETURNED, TOLD_SCHOOLS,
    WAITED, SETTLED, ANSWER, COMPARED, WORDED, EMERGENCY,
)  # fmt: skip
