"""Which file it is, by the names of its columns; and what is said of a wrong one."""

import pytest

from sightline.common.errors import NotUnderstood
from sightline.geography.files.lines import beginning
from sightline.geography.files.shapes import kind_of, must_be_degrees
from sightline.geography.models import Kind

ONSPD = "pcd7,pcd8,pcds,dointr,doterm,cty25cd,lad25cd,wd25cd,oa21cd,lsoa21cd,msoa21cd,lat,long"
ONSPD_OLD_NAMES = "pcd,pcd2,pcds,dointr,doterm,oscty,oslaua,osward,lsoa11,lat,long,oa21,lsoa21"
NSPL = "pcd,pcd2,pcds,dointr,doterm,usertype,laua,ward,lsoa21"
IMD = (
    "LSOA code (2021),LSOA name (2021),Local Authority District code (2024),"
    "Local Authority District name (2024),Index of Multiple Deprivation (IMD) Rank (where 1 is "
    "most deprived),Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of "
    "LSOAs)"
)
AGES = ",".join(f"{sex}{age}" for sex in "FM" for age in range(91))
BOTH = ",".join(str(age) for age in range(91))
DFE = "time_period,time_identifier,geographic_level,country_code,category,"


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        (ONSPD, Kind.POSTCODES),
        (ONSPD_OLD_NAMES, Kind.POSTCODES),
        (NSPL, Kind.POSTCODES),
        ("pcds,lsoa21cd,long,lat", Kind.POSTCODES),
        ("LSOA21CD,LSOA21NM,WD25CD,WD25NM,LAD25CD,LAD25NM", Kind.LOOKUP),
        (IMD, Kind.DEPRIVATION),
        (f"LAD 2023 Code,LSOA 2021 Code,Total,{AGES}", Kind.CHILDREN),
        (f"LSOA21CD,{BOTH}", Kind.CHILDREN),
        ("LSOA21CD,Under 18", Kind.CHILDREN),
        (f"Code,Name,Geography,All ages,{BOTH}", Kind.COUNCILS),
        ("lad24cd,lad24nm,children", Kind.COUNCILS),
        (f"{DFE}At31_episodes,x", Kind.IN_NEED),
        (f"{DFE}referral_count,rereferral_percent", Kind.REFERRALS),
        (f"{DFE}Episodes_with_assessment_factor", Kind.FACTORS),
        (f"{DFE}CPP_At31", Kind.PLANS),
    ],
)
def test_a_file_is_known_by_its_columns_whatever_the_year_calls_them(header, kind):
    found = beginning(f"Some title\r\n\r\n\ufeff{header}\r\n1,2,3".encode())
    assert (found.recognised.kind, found.lines) == (kind, 3)


def test_of_ages_by_sex_both_sexes_under_18_count():
    found = beginning(f"LSOA21CD,Total,{AGES}\n".encode()).recognised
    assert len(found.ages) == 36
    assert [found.header[at] for at in found.ages[:2]] == ["F0", "F1"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04", "Unpack it, or save its sheet as CSV"),
        (b"a\0b\0c\0", "This is no text"),
        (b"", "empty"),
        (b"name,address\nA,B\n", "none of the files that are read here. Its columns are “name”"),
        (b"pcds,lsoa11,laua\n", "small areas of 2011 (column “lsoa11”)"),
        (b"pcds,lat,long\n", "It has no column small area of 2021"),
        (IMD.replace("LSOA code (2021)", "LSOA code (2011)").encode(), "small areas of 2011"),
        (IMD.partition(",Index of Multiple Deprivation (IMD) Decile")[0].encode(), "decile"),
        (b"LSOA11CD,WD19CD\n", "small areas of 2011"),
        (b"town,children\n", "It has no column code of the council"),
        (b"LSOA21CD,WD25CD,0,1,2\n", None),  # ages that stop at 2 are no file of ages: a lookup
    ],
)
def test_a_wrong_file_is_told_apart_and_what_to_do_is_said(content, said):
    if said is None:
        assert beginning(content).recognised.kind == Kind.LOOKUP
        return
    with pytest.raises(NotUnderstood) as problem:
        beginning(content)
    assert said in " ".join(problem.value.reasons)


@pytest.mark.parametrize(
    ("crs", "bounds", "said"),
    [
        ("", (388_000, 280_000, 399_000, 295_000), "British National Grid"),
        ("urn:ogc:def:crs:EPSG::27700", (-2.2, 52.4, -2.0, 52.6), "British National Grid"),
        ("", (52.4, -2.2, 52.6, -2.0), "the wrong way round"),
        ("", (13.0, 52.3, 13.7, 52.7), "do not lie in the United Kingdom"),
    ],
)
def test_other_coordinates_than_degrees_of_the_country_are_refused(crs, bounds, said):
    with pytest.raises(NotUnderstood, match=said):
        must_be_degrees(crs, bounds)
    must_be_degrees("urn:ogc:def:crs:OGC:1.3:CRS84", (-2.2, 52.4, -2.0, 52.6))


@pytest.mark.parametrize(
    ("names", "kind"),
    [(["LSOA21CD", "LSOA21NM"], Kind.SMALL_AREAS), (["FID", "WD25CD", "WD25NM"], Kind.WARDS)],
)
def test_boundaries_are_known_by_their_properties(names, kind):
    found, code, called = kind_of([{"properties": dict.fromkeys(names, "x")}])
    assert (found, code, called) == (kind, names[-2], names[-1])


def test_boundaries_of_something_else_are_refused():
    with pytest.raises(NotUnderstood, match="2011"):
        kind_of([{"properties": {"LSOA11CD": "x"}}])
    with pytest.raises(NotUnderstood, match="“CTRY24CD”"):
        kind_of([{"properties": {"CTRY24CD": "x"}}])
