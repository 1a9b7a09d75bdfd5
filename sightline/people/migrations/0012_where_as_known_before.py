"""Sources recorded before take over where their incident is known to have happened today."""

from django.db import migrations

TAKE_OVER = """
update people_source source set household_id = incident.household_id
from people_incident incident
where incident.id = source.incident_id and incident.household_id is not null
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0011_where_as_known")]
    operations = [migrations.RunSQL(TAKE_OVER, migrations.RunSQL.noop)]
