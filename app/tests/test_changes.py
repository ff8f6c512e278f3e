from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from boards import changes
from boards.messages import StrokeMessage
from boards.models import Board, Stroke
from tests.window import stroke

pytestmark = pytest.mark.django_db


def draw(board="lobby", **fields) -> StrokeMessage:
    message = StrokeMessage(**stroke(**fields))
    changes.draw(board, message)
    return message


def missed(board, after):
    return [
        (page.seq, [str(stroke.id) for stroke in page.strokes], page.erased, page.last, page.reset)
        for page in changes.missed(board, after)
    ]


def test_numbers_the_changes_of_each_board_without_gaps():
    first, other, second = draw("one"), draw("two"), draw("one")
    changes.erase("one", [first.id])
    kept = Stroke.objects.order_by("board__name", "seq").values_list("board__name", "seq", "erased_seq")
    assert list(kept) == [("one", 1, 3), ("one", 2, None), ("two", 1, None)]
    assert (changes.current_seq("one"), changes.current_seq("two"), changes.current_seq("three")) == (3, 1, 0)
    assert {first.id, second.id, other.id} == {str(id) for id in Stroke.objects.values_list("id", flat=True)}


def test_stores_a_stroke_once():
    message = StrokeMessage(**stroke())
    assert changes.draw("lobby", message) == changes.Drawn(seq=1, erased=False)
    assert changes.draw("lobby", message) == changes.Drawn(seq=None, erased=False)
    changes.erase("lobby", [message.id])
    assert changes.draw("lobby", message) == changes.Drawn(seq=None, erased=True)
    assert changes.current_seq("lobby") == 2


def test_erases_what_is_there_once_and_forgets_its_points():
    kept, gone, elsewhere = draw(), draw(), draw("two")
    assert changes.erase("lobby", [gone.id, elsewhere.id]) == (3, [gone.id])
    assert changes.erase("lobby", [gone.id, elsewhere.id]) is None
    assert Stroke.objects.get(id=gone.id).points == []
    assert Stroke.objects.get(id=kept.id).points == kept.points
    assert Stroke.objects.get(id=elsewhere.id).erased_seq is None


def test_tells_a_window_what_it_has_missed():
    first, second = draw(), draw()
    assert missed("lobby", 0) == [(2, [first.id, second.id], [], True, False)]
    changes.erase("lobby", [first.id])
    third = draw()
    assert missed("lobby", 2) == [(4, [third.id], [first.id], True, False)]
    assert missed("lobby", 0) == [(4, [second.id, third.id], [], True, False)]
    assert missed("lobby", 4) == [(4, [], [], True, False)]


def test_tells_it_in_pages(monkeypatch):
    monkeypatch.setattr(changes, "PAGE_SIZE", 2)
    ids = [draw().id for _ in range(5)]
    assert missed("lobby", 0) == [
        (5, ids[0:2], [], False, False),
        (5, ids[2:4], [], False, False),
        (5, ids[4:5], [], True, False),
    ]


def test_leaves_what_happens_meanwhile_to_the_changes_that_follow(monkeypatch):
    monkeypatch.setattr(changes, "PAGE_SIZE", 1)
    first, second = draw(), draw()
    pages = changes.missed("lobby", 0)
    assert [str(stroke.id) for stroke in next(pages).strokes] == [first.id]
    changes.erase("lobby", [second.id])
    draw()
    assert [(page.seq, page.strokes, page.last) for page in pages] == [(2, [], True)]


def test_starts_a_window_over_that_is_ahead_of_a_restored_database():
    message = draw()
    assert missed("lobby", 7) == [(1, [message.id], [], True, True)]
    assert missed("empty", 7) == [(0, [], [], True, True)]


@pytest.mark.django_db(transaction=True)
def test_commits_the_changes_of_a_board_in_the_order_of_their_numbers():
    def draw_ten(_):
        try:
            return [changes.draw("crowded", StrokeMessage(**stroke())).seq for _ in range(10)]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        drawn = [seq for seqs in threads.map(draw_ten, range(4)) for seq in seqs]
    assert sorted(drawn) == list(range(1, 41))
    assert Board.objects.get(name="crowded").seq == 40
