import json

import pytest

from boards.messages import EraseMessage, InkMessage, JoinMessage, MessageError, PingMessage, StrokeMessage, parse

ID = "0b0e7a5c-3f0e-4f0a-9d55-0e6f0c2f6b11"
AUTHOR = "7d2b8f1e-64a3-4a55-8f0e-9b6a3d1c2e10"
STROKE = {"type": "stroke", "id": ID, "author": AUTHOR, "color": "#20253a", "width": 90, "points": [0, 0, -5, 10]}


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"type": "join", "after": 0}, JoinMessage(after=0)),
        (STROKE, StrokeMessage(id=ID, author=AUTHOR, color="#20253a", width=90, points=[0, 0, -5, 10])),
        ({**STROKE, "type": "ink"}, InkMessage(id=ID, color="#20253a", width=90, points=[0, 0, -5, 10])),
        ({"type": "erase", "id": ID, "ids": [AUTHOR.upper()]}, EraseMessage(id=ID, ids=[AUTHOR])),
        ({"type": "ping"}, PingMessage(echo="")),
        ({"type": "ping", "echo": "hello"}, PingMessage(echo="hello")),
    ],
)
def test_reads_each_type_of_message(fields, message):
    assert parse(json.dumps(fields)) == message


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{", "message is not JSON; send one JSON object"),
        ("[]", "message must be a JSON object, got list"),
        ("{}", "message type is unknown, got null; use join, stroke, ink, erase, ping"),
        ('{"type": ["ping"]}', 'message type is unknown, got ["ping"]; use join, stroke, ink, erase, ping'),
        ('{"type": "join"}', "after must be a whole number from 0 to 9007199254740992, got null"),
        ('{"type": "join", "after": true}', "after must be a whole number from 0 to 9007199254740992, got true"),
        ('{"type": "ping", "echo": 1}', "echo must be text of at most 64 characters"),
        ('{"type": "erase", "id": "x", "ids": []}', "ids must be a list of 1 to 200 stroke ids"),
        ('{"type": "erase", "id": "x", "ids": [7]}', 'id must be a UUID, got "x"'),
    ],
)
def test_refuses_other_messages(text, fault):
    with pytest.raises(MessageError) as refused:
        parse(text)
    assert str(refused.value) == fault


@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        ("author", None, "author must be a UUID, got null"),
        ("color", "red", 'color must be # and six lower-case hexadecimal digits, got "red"'),
        ("color", "#20253a\n", 'color must be # and six lower-case hexadecimal digits, got "#20253a\\n"'),
        ("width", 0, "width must be a whole number from 1 to 10000, got 0"),
        ("width", 1.5, "width must be a whole number from 1 to 10000, got 1.5"),
        ("points", [], "points must be 1 to 2000 pairs of coordinates in one list"),
        ("points", [1, 2, 3], "points must be 1 to 2000 pairs of coordinates in one list"),
        ("points", [0] * 4002, "points must be 1 to 2000 pairs of coordinates in one list"),
        ("points", [0, 0.5], "points must be whole numbers from -10000000 to 10000000"),
        ("points", [0, 10**8], "points must be whole numbers from -10000000 to 10000000"),
    ],
)
def test_refuses_a_stroke_that_cannot_be_kept(field, value, fault):
    with pytest.raises(MessageError) as refused:
        parse(json.dumps({**STROKE, field: value}))
    assert (str(refused.value), refused.value.id) == (fault, ID)
