from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Board",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40, unique=True)),
                ("seq", models.BigIntegerField(default=0)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name="Stroke",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("author", models.UUIDField()),
                ("color", models.CharField(max_length=7)),
                ("width", models.PositiveIntegerField()),
                ("points", ArrayField(base_field=models.IntegerField(), size=None)),
                ("seq", models.BigIntegerField()),
                ("erased_seq", models.BigIntegerField(null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "board",
                    models.ForeignKey(on_delete=models.deletion.CASCADE, related_name="strokes", to="boards.board"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("erased_seq__isnull", False)),
                        fields=["board", "erased_seq"],
                        name="stroke_erased",
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("board", "seq"), name="stroke_seq_once_per_board")],
            },
        ),
    ]
