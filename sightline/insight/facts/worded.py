"""Texts that were kept with words that make the victim responsible, and whether they still have
them. No text is in it."""

from sightline.insight.facts.base import BOOL, DATE, TEXT, Col, Fact, Kind
from sightline.insight.facts.steps import LONDON_DAY, among, changed

PLACE = """
case suggestion.about
when 'screening.screening'
then suggestion.about || ' ' || regexp_replace(suggestion.field, '^.* ', '')
else suggestion.about end
"""
TURNS = "unnest(suggestion.turned_at) as turn (at)"  # reworded, such words again, reworded ...

WORDED = Fact(
    name="worded",
    words="One text that was kept with words that make the victim responsible.",
    columns={
        "suggestion": Col(Kind.ID, "suggestion"), "agency": TEXT, "day": DATE,  # first kept so
        "place": TEXT,  # the kind of record it stands in, of a screening the field too
        "reworded": BOOL,  # has no such words any more
    },
    live=f"""
select suggestion.id, agency.name, {LONDON_DAY.format("suggestion.suggested_at")}, {PLACE},
       (select mod(count(*), 2) = 1 from {TURNS} where turn.at <= %(recorded)s)
from screening_wordingsuggestion suggestion
join access_agency agency on agency.id = suggestion.agency_id
where {among("suggestion.id")} and suggestion.suggested_at <= %(recorded)s
""",
    touched=f"""
select suggestion.id from screening_wordingsuggestion suggestion
where {changed("suggestion.suggested_at")}
   or exists (select from {TURNS} where {changed("turn.at")})
""",
)  # fmt: skip
