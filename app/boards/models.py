"""What a board keeps. boards.changes holds the rules that write it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Board(models.Model):
    """A sheet that people draw on. It gets its row with its first stroke."""

    name = models.CharField(max_length=40, unique=True)
    # Counts the board's changes. Whoever changes the board holds this row's lock, so numbers are committed in order.
    seq = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return self.name


class Stroke(models.Model):
    """One line drawn in one go. Its id is made by the window that drew it, so that sending it twice stores it once."""

    id = models.UUIDField(primary_key=True)
    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="strokes")
    author = models.UUIDField()
    color = models.CharField(max_length=7)
    width = models.PositiveIntegerField()
    # x0, y0, x1, y1, …; emptied when the stroke is erased.
    points = ArrayField(models.IntegerField())
    # The board's seq at the change that drew it, and at the one that erased it.
    seq = models.BigIntegerField()
    erased_seq = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["board", "seq"], name="stroke_seq_once_per_board")]
        indexes = [
            models.Index(fields=["board", "erased_seq"], name="stroke_erased", condition=Q(erased_seq__isnull=False))
        ]

    def __str__(self):
        return str(self.id)
