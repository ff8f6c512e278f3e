"""The log of a board's changes: what draws and erases, and what a window has missed.

Every change takes the board's next seq under the lock of the board's row. So nobody can see change n + 1 before n is
committed, and "all after n" is complete.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from boards.messages import StrokeMessage
from boards.models import Board, Stroke

PAGE_SIZE = 200


@dataclass(frozen=True)
class Page:
    """A part of what a window has missed. With the last page the window stands at `seq`."""

    seq: int
    strokes: list[Stroke]
    erased: list[str]
    last: bool
    # Whether the window must first forget what it knows.
    reset: bool


@dataclass(frozen=True)
class Drawn:
    """What became of a stroke: the change's seq, or None when it was stored before and perhaps erased since."""

    seq: int | None
    erased: bool


@transaction.atomic
def draw(name: str, message: StrokeMessage) -> Drawn:
    """Stores a stroke, once."""
    board = _lock(name)
    known = Stroke.objects.filter(id=message.id).values_list("erased_seq", flat=True)
    if known:
        return Drawn(seq=None, erased=known[0] is not None)
    _advance(board)
    Stroke.objects.create(
        id=message.id,
        board=board,
        author=message.author,
        color=message.color,
        width=message.width,
        points=message.points,
        seq=board.seq,
    )
    return Drawn(seq=board.seq, erased=False)


@transaction.atomic
def erase(name: str, ids: list[str]) -> tuple[int, list[str]] | None:
    """Erases strokes and returns the change's seq with the ids it erased, or None when there was nothing to erase."""
    board = _lock(name)
    there = board.strokes.filter(id__in=ids, erased_seq=None)
    erased = [str(id) for id in there.values_list("id", flat=True)]
    if not erased:
        return None
    _advance(board)
    board.strokes.filter(id__in=erased).update(erased_seq=board.seq, points=[])
    return board.seq, erased


def current_seq(name: str) -> int:
    return Board.objects.filter(name=name).values_list("seq", flat=True).first() or 0


def missed(name: str, after: int) -> Iterator[Page]:
    """What happened on the board after the window's last change, in pages; at least one."""
    board = Board.objects.filter(name=name).first()
    seq = board.seq if board else 0
    # A window ahead of the board has seen changes that a restored backup does not hold.
    reset = after > seq
    after = 0 if reset else after
    if board is None or after == seq:
        yield Page(seq, [], [], last=True, reset=reset)
        return
    erased = board.strokes.filter(seq__lte=after, erased_seq__gt=after, erased_seq__lte=seq)
    erased_ids = [str(id) for id in erased.values_list("id", flat=True)]
    # What is erased after seq, while the pages are read, follows as a change of its own.
    visible = board.strokes.filter(erased_seq=None, seq__lte=seq).order_by("seq")
    while True:
        strokes = list(visible.filter(seq__gt=after)[:PAGE_SIZE])
        last = len(strokes) < PAGE_SIZE
        yield Page(seq, strokes, erased_ids, last=last, reset=reset)
        if last:
            return
        after, erased_ids, reset = strokes[-1].seq, [], False


def _lock(name: str) -> Board:
    boards = Board.objects.select_for_update()
    board = boards.filter(name=name).first()
    if board is None:
        Board.objects.get_or_create(name=name)
        board = boards.get(name=name)
    return board


def _advance(board: Board) -> None:
    board.seq += 1
    board.save(update_fields=["seq"])
