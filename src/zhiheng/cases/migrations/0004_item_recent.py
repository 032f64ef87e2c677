"""Earlier cases of one item, the newest first: asked whenever a case is weighed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_interference")]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["item", "-dossier"], name="case_item_recent"),
        ),
    ]
