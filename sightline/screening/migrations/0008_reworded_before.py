"""Texts that were reworded before this was kept with its moment: they are known to be by now."""

from django.db import migrations

KNOWN_BY_NOW = """
update screening_wordingsuggestion set turned_at = array[now()] where phrases = '{}'
"""


class Migration(migrations.Migration):
    dependencies = [("screening", "0007_reworded")]
    operations = [migrations.RunSQL(KNOWN_BY_NOW, migrations.RunSQL.noop)]
