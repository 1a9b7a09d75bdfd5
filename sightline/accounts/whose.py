"""Whom an administrator looks after, and which roles they may give.

An agency's own administrators look after its people. Where an agency has none (a school with two
key adults), and for the administrators themselves, the council's administrators do. Nobody looks
after themselves.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from sightline.access.models import Agency, AgencyKind, User
from sightline.access.roles import ROLES, Perm, Role

ADMINISTRATOR = "agency_administrator"
_K = AgencyKind

# Where a role may be given by an agency's own administrator. What is not here only the council's
# may give: nobody widens what their own agency sees.
GIVEN_IN: dict[str, frozenset[AgencyKind]] = {
    "police_submitter": frozenset({_K.POLICE}),
    "force_lead": frozenset({_K.POLICE}),
    "key_adult": frozenset({_K.SCHOOL}),
    "education_officer": frozenset({_K.EDUCATION}),
    "agency_contact": frozenset(AgencyKind),
    "practitioner": frozenset(AgencyKind) - {_K.SCHOOL, _K.COUNCIL},
    "support_provider": frozenset({_K.EARLY_HELP, _K.DOMESTIC_ABUSE, _K.PERPETRATOR}),
    "agency_lead": frozenset(AgencyKind) - {_K.SCHOOL},
    "agency_researcher": frozenset(
        {_K.POLICE, _K.SOCIAL_CARE, _K.HEALTH, _K.EDUCATION}
    ),
}  # fmt: skip


def looked_after_by(administrator: User) -> QuerySet[User]:
    """Return the users whom an administrator looks after, by name."""
    users = User.objects.exclude(pk=administrator.pk).select_related("agency", "membership")
    own = Q(agency=administrator.agency_id)
    if is_the_councils(administrator):
        others = User.objects.filter(
            agency=OuterRef("agency"), is_active=True, roles__contains=[ADMINISTRATOR]
        )
        users = users.alias(administered=Exists(others))
        own |= Q(administered=False) | Q(roles__contains=[ADMINISTRATOR])
    elif Perm.MANAGE_USERS in administrator.perms:
        own &= ~Q(roles__contains=[ADMINISTRATOR])
    return users.filter(own).order_by("agency__name", "name", "pk")


def user_or_404(administrator: User, pk: int) -> User:
    """Return somebody whom an administrator looks after; of anybody else nothing is said."""
    found = looked_after_by(administrator).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def agencies_of(administrator: User) -> QuerySet[Agency]:
    """Return the agencies to which an administrator may add somebody."""
    agencies = Agency.objects.filter(closed_on=None)
    return (
        agencies if is_the_councils(administrator) else agencies.filter(pk=administrator.agency_id)
    )


def roles_to_give(administrator: User, agency: Agency) -> list[Role]:
    """Return the roles that an administrator may give to people of an agency, or take."""
    if is_the_councils(administrator):
        return [role for role in ROLES.values() if agency.core or not role.core]
    kind = AgencyKind(agency.kind)
    given = [role for code, role in ROLES.items() if kind in GIVEN_IN.get(code, ())]
    return [role for role in given if agency.core or not role.core]


def is_the_councils(administrator: User) -> bool:
    """Whether somebody looks after users for the whole partnership."""
    council = administrator.agency.kind == AgencyKind.COUNCIL
    return council and Perm.MANAGE_USERS in administrator.perms
