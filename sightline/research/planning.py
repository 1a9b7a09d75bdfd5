"""What is to be asked about some incidents as they stand, beside what has been asked."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sightline.access.models import Agency
from sightline.common.clock import local_date
from sightline.directory.queries import Register
from sightline.people.models import Link, Mention
from sightline.research.facts import Scene, subjects_of
from sightline.research.models import Asked, ResearchRequest
from sightline.rules.research.asking import who_is_asked
from sightline.rules.research.parts import RuleSet
from sightline.rules.research.rules_file import rules_called, rules_on
from sightline.rules.research.services import Service


@dataclass(frozen=True)
class Wanted:
    """A service is to be asked about somebody of an incident; agency None: somebody must choose."""

    incident_id: int
    service: str
    agency_id: int | None
    person: int
    mention: Mention
    rule: str
    because: str


@dataclass(frozen=True)
class Standing:
    """What has been asked about somebody and was not withdrawn. person: None, linked to nobody."""

    asked: Asked
    person: int | None

    @property
    def request(self) -> ResearchRequest:
        return self.asked.request

    def covers(self, wanted: Wanted) -> bool:
        """Whether this asks what is wanted. Of schools only the child's own does; of any other
        service whichever agency was asked."""
        request = self.request
        if (request.service, self.person) != (wanted.service, wanted.person):
            return False
        if wanted.service != Service.SCHOOL or wanted.agency_id is None:
            return True
        return request.agency_id == wanted.agency_id


def standing_of(incident_ids: Collection[int]) -> dict[int, list[Standing]]:
    """Return everything that has been asked about these incidents and stands, by incident."""
    asked = list(
        Asked.objects.filter(
            request__incident__in=incident_ids, withdrawn_at__isnull=True,
            request__withdrawn_at__isnull=True,
        ).select_related("request", "mention__source").order_by("pk")
    )  # fmt: skip
    links = Link.objects.filter(mention__in=[a.mention_id for a in asked], ended_at__isnull=True)
    who = dict(links.values_list("mention", "person"))
    found: dict[int, list[Standing]] = defaultdict(list)
    for one in asked:
        found[one.request.incident_id].append(Standing(one, who.get(one.mention_id)))
    return found


class Asking:
    """Finds whom to ask, asking for agencies and schools once while many incidents are gone
    through."""

    def __init__(self, now: datetime) -> None:
        self._today = local_date(now)
        self._schools = Register()
        self._agencies: dict[str, list[int]] = defaultdict(list)
        for pk, services in Agency.objects.filter(closed_on__isnull=True).exclude(
            services=[]
        ).order_by("pk").values_list("pk", "services"):  # fmt: skip
            for service in services:
                self._agencies[service].append(pk)

    def rules(self, standing: Sequence[Standing]) -> RuleSet:
        """An incident stays with the version of the rules by which agencies were first asked."""
        by_rule = [one.request.rules for one in standing if one.asked.rule]
        return rules_called(by_rule[0], self._today) if by_rule else rules_on(self._today)

    def wanted(self, scene: Scene, rules: RuleSet) -> Iterator[Wanted]:
        subjects = subjects_of(scene, rules)
        for one in who_is_asked(rules, subjects, grade=scene.grade, scale=scene.scale):
            mention = scene.people[one.key]
            agency = self.agency(one.service, mention)
            yield Wanted(
                scene.incident_id, one.service.value, agency, one.key, mention, one.rule,
                one.because,
            )  # fmt: skip

    def agency(self, service: Service, mention: Mention) -> int | None:
        """Return the one agency that answers for a service; None where there is none, or where
        there are several and nothing says which."""
        if service == Service.SCHOOL:
            school = self._schools.find(urn=mention.school_urn, name=mention.school_name)
            return school.agency_id if school else None
        able = self._agencies[service]
        return able[0] if len(able) == 1 else None
