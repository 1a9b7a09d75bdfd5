"""What is compared with national figures."""

from sightline.insight.forms import ListedField, QueryForm
from sightline.insight.national.benchmarks import ALL, BY_ID, Benchmark


class CompareForm(QueryForm):
    """One comparison, the first if none is chosen."""

    figure = ListedField(
        label="What is compared", required=False, choices=[(one.id, one.name) for one in ALL]
    )

    @property
    def chosen(self) -> Benchmark | None:
        """None where what was asked for is no comparison."""
        if self.is_bound and not self.is_valid():
            return None
        return BY_ID.get(self.cleaned_data["figure"] if self.is_bound else "", ALL[0])
