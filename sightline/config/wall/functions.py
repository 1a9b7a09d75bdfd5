"""The ledger as the policies ask it: made from the same condition as every page's, so that there is
one rule of who may see whom (sightline/sharing/queries.py) and none of it is written here again.

Django compiles that condition for a reader and a moment that do not exist; where they stand in it,
the function has what the transaction was set for (sightline/common/wall.py).
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from sightline.access.roles import Perm
from sightline.config.wall.tables import FOLLOWED
from sightline.sharing.closed import closed_persons
from sightline.sharing.models import Disclosure, Origin
from sightline.sharing.queries import open_to

ME, MINE, WHOM = 9_100_000_000_000_001, 9_100_000_000_000_002, 9_100_000_000_000_003
NOW = datetime(9100, 1, 1, tzinfo=UTC)
STANDS_FOR = {
    str(ME): "me", str(MINE): "mine", str(WHOM): "whom",
    "'9100-01-01 00:00:00+00:00'::timestamptz": "moment",
}  # fmt: skip

SCHEMA = """
create schema if not exists wall;
create or replace function wall.has(perm text) returns boolean
language sql stable parallel safe as $$
    select coalesce(perm = any (string_to_array(current_setting('sightline.perms', true), ',')),
        false)
$$;
"""
# Definer's rights: what the policies look up is not itself looked up through policies. The costs
# are what a call takes: with less, the planner asks them of whole tables again for every row.
FUNCTION = """
create or replace function wall.{name}(whom bigint, item text default '') returns boolean
language plpgsql stable parallel safe security definer cost 2000
set search_path = public, pg_temp as $$
declare
    me constant bigint := nullif(current_setting('sightline.user', true), '')::bigint;
    mine constant bigint := nullif(current_setting('sightline.agency', true), '')::bigint;
    moment constant timestamptz := nullif(current_setting('sightline.at', true), '')::timestamptz;
    perms constant text[] := string_to_array(current_setting('sightline.perms', true), ',');
begin
{body}
end $$;
"""
OF_SOME = """
create or replace function wall.{name}(whom bigint, item text default '') returns boolean
language plpgsql stable parallel safe security definer cost 4000
set search_path = public, pg_temp as $$
begin
    return exists ({found});
end $$;
"""
MINE_ = "nullif(current_setting('sightline.agency', true), '')::bigint"
LINKED = "people_link link where link.ended_at is null and wall.sees(link.person_id, item)"
MENTION = f"select from {LINKED} and link.mention_id = whom"
SOURCE = (
    "select from people_mention mention join people_link link on link.mention_id = mention.id"
    " where link.ended_at is null and mention.source_id = whom"
    " and wall.sees(link.person_id, item)"
)
INCIDENT = (
    "select from people_source source join people_mention mention on mention.source_id = source.id"
    " join people_link link on link.mention_id = mention.id"
    " where link.ended_at is null and source.incident_id = whom"
    " and wall.sees(link.person_id, item)"
)
HOUSEHOLD = (
    "select from people_incident one where one.household_id = whom"
    " and wall.incident(one.id, 'household') union all"
    " select from people_residence one where one.household_id = whom"
    " and wall.mention(one.mention_id, 'household') union all"
    " select from people_mention one where one.household_id = whom"
    " and wall.mention(one.id, 'household')"
)
CHANGE = (
    "select from people_link one where whom in (one.made_in_id, one.ended_in_id)"
    " and wall.sees(one.person_id)"
    " union all select from people_notsame one where one.change_id = whom"
    " and wall.kept_apart(one.id)"
    " union all select from people_linkreview one where one.change_id = whom"
    " and wall.mention(one.mention_id) and wall.sees(one.candidate_id)"
)
KEPT_APART = (
    "select from people_notsameside one where one.not_same_id = whom"
    " and wall.mention(one.mention_id)"
)
SCHOOL = f"select from directory_school one where one.id = whom and one.agency_id = {MINE_}"
COLLEAGUE = f"select from access_user one where one.id = whom and one.agency_id = {MINE_}"
SCREENING = (
    "select from screening_screening one where one.id = whom and wall.mention(one.mention_id, item)"
)
SENT = f"select from intake_notification one where one.source_id = whom and one.sender_id = {MINE_}"
OF_OTHERS = {
    "sent": SENT,
    "screening": SCREENING,
    "mention": MENTION, "source": SOURCE, "incident": INCIDENT, "household": HOUSEHOLD,
    "change": CHANGE, "kept_apart": KEPT_APART, "school": SCHOOL, "colleague": COLLEAGUE,
}  # fmt: skip


def functions() -> Iterator[str]:
    """Yield the statements that make them. Run as the owner."""
    yield SCHEMA
    yield FUNCTION.format(name="sees", body=_sees())
    for name, found in OF_OTHERS.items():
        yield OF_SOME.format(name=name, found=found)
    for table, seen in FOLLOWED.items():
        found = f"select from {table} where {table}.id = whom and ({seen})"
        yield OF_SOME.format(name=table, found=found)


def _sees() -> str:
    """Whether a person is open to whom the transaction was set for: with an item, that of them."""
    lines = ["    if not 'looks' = any (perms) then return false; end if;"]
    for core in (True, False):
        for answers in (True, False):
            when = f"{_has('core', core)} and {_has(Perm.ANSWER_RESEARCH, answers)}"
            doors = Disclosure.objects.filter(open_to(_reader(core, answers), NOW), person=WHOM)
            lines += [f"    if {when} and exists ({_compiled(doors)}", f"{OF_ITEM})",
                      "    then return true; end if;"]  # fmt: skip
    return "\n".join([*lines, f"    return {_closed()};"])


OF_ITEM = (
    "        and (item = '' or sharing_disclosure.items @> array[item]::varchar[])\n"
    f"        and (sharing_disclosure.origin = '{Origin.RESEARCH.value}'"
    " or not 'machine' = any (perms))"
)


def _closed() -> str:
    """Of a case that has closed: who it was, and nothing else, to whoever looks for somebody."""
    reader = _reader(core=True, answers=True)
    found = _compiled(closed_persons(reader, NOW).filter(pk=WHOM))
    asked = "current_setting('sightline.purpose', true) = 'finding' and item in ('', 'identity')"
    return f"{asked} and {_has(Perm.LOOK_AGAIN, True)} and exists ({found})"


def _reader(core: bool, answers: bool) -> Any:
    """Somebody of whom only that is settled on which the condition turns."""
    perms = {Perm.LOOK_AGAIN, Perm.SEE_PERSON} | ({Perm.ANSWER_RESEARCH} if answers else set())
    return SimpleNamespace(pk=ME, agency_id=MINE, is_core=core, perms=frozenset(perms))


def _has(perm: str, wanted: bool) -> str:
    return f"{'' if wanted else 'not '}'{perm}' = any (perms)"


def _compiled(found: QuerySet[Any]) -> str:
    statement, params = found.order_by().values("pk").query.sql_with_params()
    text = str(connection.ops.compose_sql(statement, params))  # type: ignore[attr-defined]
    for value, name in STANDS_FOR.items():
        text = text.replace(value, name)
    return text
