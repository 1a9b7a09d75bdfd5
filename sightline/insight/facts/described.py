"""Contacts as they were described: who the child is, and how far anybody wrote what they said.

What is known of a child for good (sex, ethnicity, language, disability) is what the newest
notification that says anything of it says, up to the moment; age is that of the day.
"""

from sightline.geography.steps import PLACE
from sightline.insight.facts.base import BOOL, CHILD, DATE, INT, NOTIFICATION, TEXT, Fact
from sightline.insight.facts.steps import (
    LINK_HOLDS,
    LONDON_DAY,
    NOTIFICATION_HOLDS,
    OF_HOMES,
    PERSONS_OF_LINKS,
    PLACED,
    POSTCODE,
    among,
    in_steps,
    listed,
)

# Ethnic groups as the census has them, by the first letters of police self-defined codes and of
# the codes of the children in need census.
GROUPS = {
    "white": ("W1", "W2", "W3", "W9", "WBRI", "WIRI", "WIRT", "WROM", "WOTH"),
    "mixed": ("M1", "M2", "M3", "M9", "MWBC", "MWBA", "MWAS", "MOTH"),
    "asian": ("A1", "A2", "A3", "A4", "A9", "O1", "AIND", "APKN", "ABAN", "AOTH", "CHNE"),
    "black": ("B1", "B2", "B9", "BCRB", "BAFR", "BOTH"),
    "other": ("O2", "O9", "OOTH"),
}
NOT_SAID = ("", "NS", "NOBT", "REFU")  # nothing, or somebody who would not say
ENGLISH = ("english", "en", "eng")


ETHNIC_GROUP = "case {} when upper(mention.ethnicity) in ({}) then '' else 'other' end".format(
    " ".join(
        f"when upper(mention.ethnicity) in ({listed(codes)}) then '{group}'"
        for group, codes in GROUPS.items()
    ),
    listed(NOT_SAID),
)
SAID = f"""
said as (
    select distinct on (notification.id, link.person_id)
           notification.id as notification, link.person_id as child,
           force.name as force, notification.notified_at,
           {LONDON_DAY.format("notification.notified_at")} as day, mention.presence = 'unborn'
               as unborn, mention.birth_date, mention.age, mention.sex,
           {ETHNIC_GROUP} as ethnicity,
           case when mention.language = '' then ''
                when lower(mention.language) in ({listed(ENGLISH)}) then 'english'
                else 'other' end as language,
           coalesce(mention.detail ->> 'disability', '') as disability,
           mention.words <> '' as words, mention.demeanour <> '' as demeanour,
           mention.saw_or_heard <> '' as saw, mention.spoken_to_alone as alone,
           {POSTCODE} as postcode
    from people_link link
    join people_mention mention on mention.id = link.mention_id and mention.role = 'child'
    join intake_notification notification on notification.source_id = mention.source_id
    join access_agency force on force.id = notification.sender_id
    join people_source source on source.id = mention.source_id
    {OF_HOMES}
    where {among("link.person_id")} and {LINK_HOLDS} and {NOTIFICATION_HOLDS}
    order by notification.id, link.person_id, mention.position
)"""


def newest(column: str, nothing: str = "''") -> str:
    """Return the value that the newest notification that says anything of it gives to a child."""
    return (
        f"(array_agg({column} order by notified_at desc, notification desc)"
        f" filter (where {column} is distinct from {nothing}))[1]"
    )


KNOWN = f"""
known as (
    select child, {newest("sex")} as sex, {newest("ethnicity")} as ethnicity,
           {newest("language")} as language, {newest("disability")} as disability,
           {newest("birth_date", "null")} as born
    from said group by child
)"""
AGE = "coalesce(extract(year from age(said.day, known.born))::int, said.age)"
DESCRIBED_AS = f"""
select said.notification, said.child, said.force, said.day,
       row_number() over (partition by said.child order by said.notified_at, said.notification),
       said.unborn, case when said.unborn then null else {AGE} end,
       coalesce(known.sex, ''), coalesce(known.ethnicity, ''), coalesce(known.language, ''),
       case when known.disability is null then ''
            when lower(known.disability) in ('no', 'none') then 'no' else 'yes' end,
       said.words, said.demeanour, said.saw, said.alone, {PLACED}
from said join known using (child) left join place using (postcode)
"""

DESCRIBED = Fact(
    name="described",
    words="One child in one notification that holds, as described.",
    columns={
        "notification": NOTIFICATION, "child": CHILD,
        "force": TEXT,  # the agency that sent it
        "day": DATE,
        "nth": INT,  # which notification of this child it is, from 1
        "unborn": BOOL,
        "age": INT,  # in whole years on the day; null: unborn, or not known
        "sex": TEXT,  # F, M, U, or '' where nobody said
        "ethnicity": TEXT,  # white, mixed, asian, black, other, or ''
        "language": TEXT,  # english, other, or ''
        "disability": TEXT,  # yes, no, or ''
        "words": BOOL, "demeanour": BOOL, "saw": BOOL,  # whether anything was written
        "alone": TEXT,  # yes, no, not_known, or '' where nobody said
        "small_area": TEXT, "ward": TEXT,
    },
    live=in_steps(PLACE.strip(), SAID, KNOWN, then=DESCRIBED_AS),
    touched=PERSONS_OF_LINKS,
)  # fmt: skip
