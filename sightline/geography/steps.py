"""The steps by which figures in SQL find the small area and the ward of a postcode.

`%(recorded)s` is the moment whose knowledge counts: editions that were taken in by then. Join
`place` on `place.postcode = household.postcode`; both are in the usual form. What has no postcode,
or one that no edition knows, joins nothing.
"""

_BY_THEN = """
    failed_because = '' and finished_at <= %(recorded)s::timestamptz
    and (withdrawn_at is null or withdrawn_at > %(recorded)s::timestamptz)
    and holds_from <= (%(recorded)s::timestamptz at time zone 'Europe/London')::date
"""

POSTCODE_EDITION = f"""
postcode_edition as (
    select id from geography_edition
    where kind = 'postcodes' and {_BY_THEN}
    order by holds_from desc, id desc limit 1
)"""  # noqa: S608 - our own constants

# The lookup made for it, if there is one; else the newest file that also says it.
WARD_EDITION = f"""
ward_edition as (
    select id from geography_edition
    where exists (select from geography_smallarea where edition_id = geography_edition.id)
      and {_BY_THEN}
    order by kind = 'lookup' desc, holds_from desc, id desc limit 1
)"""  # noqa: S608 - our own constants

PLACE = f"""{POSTCODE_EDITION}, {WARD_EDITION},
place as (
    select postcode.code as postcode, postcode.small_area, coalesce(area.ward, '') as ward
    from geography_postcode postcode
    left join geography_smallarea area
      on area.edition_id = (select id from ward_edition) and area.code = postcode.small_area
    where postcode.edition_id = (select id from postcode_edition)
)"""  # noqa: S608 - our own constants
