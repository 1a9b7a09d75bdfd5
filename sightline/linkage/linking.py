"""A whole table of mentions linked: block, score, join, look at company, join, ask the rest."""

from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from sightline.linkage import clustering, scoring, together, twins
from sightline.linkage.vetoes import COMPANY_SPEAKS, numbers
from sightline.rules.linkage.model import Model
from sightline.rules.linkage.vetoes import BARS, COMPANY_ANSWERS

QUESTIONS_IN_A_HUNDRED = 2.0  # mentions; what a team of people can answer


@dataclass(frozen=True)
class Linked:
    """How many mentions, persons, questions for a human."""

    mentions: int
    persons: int
    questions: int


def link(
    con: DuckDBPyConnection, model: Model, *, questions_in_a_hundred: float = QUESTIONS_IN_A_HUNDRED
) -> Linked:
    """Make `person` (mention id, person) and `decided` (a, b, weight, decision join or review).

    What humans have said holds (`clustering.begin`), and what a former model linked stands unless
    it has grown weak: the tables `settled`, `kept_apart` and `standing`, where there are any.
    `standard.standardise` and `blocking.block` come before. A question is asked once of two
    persons, of their most alike mentions, the likeliest first, until there are as many as people
    can answer.
    """
    scoring.prepare(con, model)
    scoring.score(con, model)
    clustering.begin(con)
    twins.mark(con, "scored")
    _join(con, model)
    together.score_together(con, model)
    _join_in_company(con, model)
    _ask(con, model, questions_in_a_hundred)
    _decided(con, model)
    return Linked(*_counts(con))


def _join(con: DuckDBPyConnection, model: Model) -> None:
    """Join who is certain; two whom a former model linked (`standing`) need to be less so."""
    con.execute("create table if not exists standing (id integer, person integer)")
    con.execute(
        f"""
        create or replace table joins as
        select a, b, weight from scored
        left join standing x on x.id = a left join standing y on y.id = b
        where veto is null and (weight >= {model.bands.join_at}
            or (weight >= {model.bands.break_at} and x.person = y.person))
        """
    )
    clustering.grow(con, model, "joins")


def _join_in_company(con: DuckDBPyConnection, model: Model) -> None:
    con.execute(
        f"""
        create or replace table joins as
        select a, b, weight from apart_pair semi join met_pair using (pa, pb)
        where (veto is null or veto in ({numbers(sorted(COMPANY_ANSWERS))}))
            and (a, b) not in (select (a, b) from rivalled)
            and weight + {model.bands.together} >= {model.bands.join_at}
        """
    )
    clustering.grow(con, model, "joins", BARS - COMPANY_ANSWERS)


def _ask(con: DuckDBPyConnection, model: Model, in_a_hundred: float) -> None:
    """Make `question` (a, b, weight): two persons who may be one, their most alike mentions."""
    con.execute(
        f"""
        create or replace table question as
        with asked as (
            select a, b, least(x.person, y.person) as pa, greatest(x.person, y.person) as pb,
                coalesce(0 in (nhs_number, upn, police_id), false) as identified,
                s.weight + case when m.pa is not null and {COMPANY_SPEAKS}
                    then {model.bands.together} else 0 end as weight
            from apart_pair s left join met_pair m using (pa, pb)
            join person x on x.id = a join person y on y.id = b
            where x.person <> y.person
        ), met as (
            select distinct x.person as pa, y.person as pb
            from (select notice, person from mention join person using (id)) x
            join (select notice, person from mention join person using (id)) y using (notice)
            where x.person < y.person
            union
            select distinct least(x.person, y.person), greatest(x.person, y.person)
            from kept_apart join person x on x.id = a join person y on y.id = b
        )
        select a, b, weight from asked anti join met using (pa, pb)
        where weight >= {model.bands.review_at} or identified
        qualify row_number() over (partition by pa, pb order by weight desc, a, b) = 1
        order by weight desc, a, b
        limit (select (count(*) * {in_a_hundred} / 100)::bigint from mention)
        """
    )


def _decided(con: DuckDBPyConnection, model: Model) -> None:
    con.execute(
        f"""
        create or replace table decided as
        select a, b, weight, 'join' as decision
        from (select a, b, weight from scored where veto is null and weight >= {model.bands.join_at}
            union all select a, b, weight from joins) s
        join person x on x.id = a join person y on y.id = b where x.person = y.person
        union all select a, b, weight, 'review' from question
        """
    )


def _counts(con: DuckDBPyConnection) -> tuple[int, int, int]:
    row = con.execute(
        "select count(*), count(distinct person), (select count(*) from question) from person"
    ).fetchall()[0]
    return int(row[0]), int(row[1]), int(row[2])
