from itertools import islice

from django.db import migrations

from sightline.people.commands import WRITE_KEYS
from sightline.people.describing import COLUMNS, describe_row
from sightline.rules.linkage.keys import hashed_keys

A_BATCH = 5000  # mentions


def write_keys_anew(apps, schema_editor):
    """Names stand in the keys in whichever order they were written: all keys are other ones."""
    mentions = apps.get_model("people", "Mention").objects.order_by("pk")
    every = mentions.values_list("pk", *COLUMNS).iterator(A_BATCH)
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("delete from people_linkkey")
        while some := list(islice(every, A_BATCH)):
            found = [(pk, key) for pk, *row in some for key in hashed_keys(describe_row(*row))]
            cursor.execute(WRITE_KEYS, [[pk for pk, _ in found], [key for _, key in found]])


class Migration(migrations.Migration):

    dependencies = [
        ("people", "0008_model_in_the_database"),
    ]

    operations = [migrations.RunPython(write_keys_anew, write_keys_anew)]
