"""The step by which figures in SQL find the small area and the ward of a postcode.

Parameters: `queries.place_parameters(day)`. Join it on `place.postcode = household.postcode`; both
are in the usual form. What has no postcode, or one that is not known, joins nothing: count it.
"""

PLACE = """
place as (
    select postcode.code as postcode, postcode.small_area, coalesce(area.ward, '') as ward
    from geography_postcode postcode
    left join geography_smallarea area
      on area.edition_id = %(ward_edition)s and area.code = postcode.small_area
    where postcode.edition_id = %(postcode_edition)s
)"""
