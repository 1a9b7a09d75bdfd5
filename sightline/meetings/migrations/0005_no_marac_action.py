"""What agencies agreed to after MARAC hearings is kept with all actions now."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0004_decision_recorded"),
        ("actions", "0009_marac_actions_copied"),
    ]

    operations = [
        migrations.DeleteModel(name="MaracActionEvent"),
        migrations.DeleteModel(name="MaracAction"),
    ]
