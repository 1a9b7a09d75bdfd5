"""How it is found what changed since the last snapshot."""

import pytest
from django.db import connection

from sightline.insight.facts.steps import MOMENTS

pytestmark = pytest.mark.django_db

INDEXES = "select indexdef from pg_indexes where indexname = %s"


@pytest.mark.parametrize("table", MOMENTS)
def test_the_last_change_of_a_row_is_looked_for_as_its_index_has_it(table):
    with connection.cursor() as cursor:
        cursor.execute(INDEXES, [f"{table}_changes"])
        [[made]] = cursor.fetchall()
    moments = ", ".join(f"{moment}_at" for moment in MOMENTS[table])
    assert made.lower().endswith(f"(greatest({moments}))")
