"""What is compared with national figures, by which columns of which publication."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sightline.access.models import User
from sightline.geography.models import Kind
from sightline.insight.national import own
from sightline.insight.national.own import Part

PER_CENT, PER_10_000 = 100, 10_000
CHILDREN = ""  # the whole of a rate: the children who live there

# The partnership's own parts and wholes by year, as one user may see them.
Own = Callable[[User, datetime, range], Mapping[int, Part]]


@dataclass(frozen=True)
class Benchmark:
    """A share or a rate: `part` for each `per` of `whole`, columns of a publication.

    `compares`: what to know before the partnership's own is set beside it.
    """

    id: str
    name: str
    kind: Kind
    part: str
    whole: str
    own: Own | None
    compares: str
    per: int = PER_CENT

    @property
    def unit(self) -> str:
        return "Per cent" if self.per == PER_CENT else f"For each {self.per:,} children"


_FACTORS = (
    "The partnership’s own are assessments that began after a notification of domestic abuse: of "
    "those, more find it than of all assessments of a council, which are what is published."
)
_WHOLE = "episodes_with_assessment_factor"
ALL = (
    Benchmark(
        "factor-parent", "Assessments with factors that found domestic abuse of a parent (3B)",
        Kind.FACTORS, "domestic_abuse_parent", _WHOLE, own.factor("f3b"), _FACTORS,
    ),
    Benchmark(
        "factor-child", "Assessments with factors that found domestic abuse of the child (3A)",
        Kind.FACTORS, "domestic_abuse_child", _WHOLE, own.factor("f3a"), _FACTORS,
    ),
    Benchmark(
        "factor-other", "Assessments with factors that found domestic abuse of another (3C)",
        Kind.FACTORS, "domestic_abuse_person", _WHOLE, own.factor("f3c"), _FACTORS,
    ),
    Benchmark(
        "rereferrals", "Referrals within twelve months of another of the child",
        Kind.REFERRALS, "rereferral_count", "referral_count", own.repeats,
        "The partnership’s own are notifications of a child within twelve months of another: a "
        "referral comes later, and not of each.",
    ),
    Benchmark(
        "referrals", "Referrals to social care", Kind.REFERRALS, "referral_count", CHILDREN,
        own.referrals,
        "Published are referrals for every reason; the partnership’s own are those that followed a "
        "notification. To know how many children live in each council, take in a file of the "
        "children’s population by council.",
        PER_10_000,
    ),
    Benchmark(
        "no-action", "Referrals that led to no further action", Kind.REFERRALS,
        "no_further_action_count", "referral_count", None, "",
    ),
    Benchmark(
        "not-in-need", "Referrals that led to an assessment that found no need", Kind.REFERRALS,
        "not_in_need_count", "referral_count", None, "",
    ),
    Benchmark(
        "long-plans", "Child protection plans at 31 March that had lasted two years or more",
        Kind.PLANS, "2_years_or_more", "cpp_at31", None, "",
    ),
    Benchmark(
        "waiting", "Children in need at 31 March who were waiting for an assessment", Kind.IN_NEED,
        "awaiting_assessment", "at31_episodes", None, "",
    ),
)  # fmt: skip
BY_ID = {benchmark.id: benchmark for benchmark in ALL}
