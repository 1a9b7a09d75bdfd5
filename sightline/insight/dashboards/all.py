"""Which dashboards there are, and what is on each."""

from dataclasses import dataclass

from sightline.access.models import User
from sightline.access.roles import Perm
from sightline.insight.dashboards import panels
from sightline.insight.dashboards.panels import Making


@dataclass(frozen=True)
class Dashboard:
    """A page of panels. `roles` begin with it; `own`: it shows the user's own agency alone."""

    slug: str
    name: str
    panels: tuple[Making, ...]
    roles: frozenset[str]
    own: bool = False

    def is_for(self, user: User) -> bool:
        return (Perm.SEE_OWN_FIGURES if self.own else Perm.SEE_FIGURES) in user.perms


ALL = (
    Dashboard(
        "manager", "For the screening manager",
        (panels.repeats, panels.told, panels.done, panels.asked),
        frozenset({"manager", "chair", "screening_administrator"}),
    ),
    Dashboard(
        "board", "For the partnership board",
        (panels.notifications, panels.repeats, panels.risk, panels.done),
        frozenset({"board_member", "auditor", "ig_lead"}),
    ),
    Dashboard(
        "commissioner", "For the commissioner",
        (panels.often, panels.gaps, panels.waits, panels.behind),
        frozenset({"commissioner", "agency_lead"}),
    ),
    Dashboard(
        "force", "For your force",
        (panels.notifications, panels.repeats, panels.voice, panels.late, panels.missing),
        frozenset({"force_lead"}), own=True,
    ),
)  # fmt: skip
BY_SLUG = {dashboard.slug: dashboard for dashboard in ALL}


def open_to(user: User) -> list[Dashboard]:
    """Return the dashboards for a user, that of their role first."""
    found = [dashboard for dashboard in ALL if dashboard.is_for(user)]
    return sorted(found, key=lambda dashboard: not dashboard.roles & {*user.roles})
