"""What sources say of some persons, behind the wall, as a search reads it of a hundred at once.

Behind the policies each row of that join is asked of four tables, though whoever sees a person sees
every mention that is linked to them, its source and its incident. The function asks once a person.
No view: its columns could not be changed by a migration.
"""

SAID = """
create or replace function wall.said(persons bigint[]) returns table (
    person bigint, recorded_at timestamptz, reference text, seen_on date, given_name text,
    middle_name text, surname text, aliases text[], birth_date date, expected_birth date,
    age integer, address text, postcode text, phone text, nhs_number text, upn text, police_id text
)
language plpgsql stable parallel safe security definer cost 4000 rows 500
set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
    return query
    select link.person_id, source.recorded_at, incident.reference::text, source."on",
        mention.given_name::text, mention.middle_name::text, mention.surname::text,
        mention.aliases::text[], mention.birth_date, mention.expected_birth, mention.age::integer,
        mention.address::text, mention.postcode::text, mention.phone::text,
        mention.nhs_number::text, mention.upn::text, mention.police_id::text
    from unnest(persons) asked (id)
    join people_link link on link.person_id = asked.id and link.ended_at is null
    join people_mention mention on mention.id = link.mention_id
    join people_source source on source.id = mention.source_id
    left join people_incident incident on incident.id = source.incident_id
    where {everybody} or ({readers} and asked.id in (
        select who.id from unnest(persons) who (id) where wall.sees(who.id)
    ))
    order by source.superseded_at nulls first, source."on" desc, mention.id desc;
end $$;
"""


def said(everybody: str, readers: str) -> str:
    """Return the statement that makes the function. `everybody`: the condition under which all of
    them are seen; `readers`: that under which the ledger is asked."""
    return SAID.format(everybody=everybody, readers=readers)
