"""What windows may send over the WebSocket, checked. The README describes the protocol."""

import json
import re
import uuid
from dataclasses import dataclass

MAX_POINTS = 2000
MAX_ERASED = 200
MAX_ECHO = 64
# Boards have no edge; this only keeps coordinates within the database's integers.
MAX_COORDINATE = 10_000_000
MAX_WIDTH = 10_000

_COLOR = re.compile(r"#[0-9a-f]{6}")


class MessageError(ValueError):
    """The message is not one that windows may send. `id` is the message's own, if it had one."""

    def __init__(self, text: str, id: str | None = None):
        super().__init__(text)
        self.id = id


@dataclass(frozen=True)
class JoinMessage:
    """Asks for all changes after one."""

    after: int


@dataclass(frozen=True)
class StrokeMessage:
    """A finished stroke, to be kept."""

    id: str
    author: str
    color: str
    width: int
    points: list[int]


@dataclass(frozen=True)
class InkMessage:
    """The next piece of a stroke that is still being drawn: shown to the others, not kept."""

    id: str
    color: str
    width: int
    points: list[int]


@dataclass(frozen=True)
class EraseMessage:
    """Strokes to erase: one to undo it, all to clear the board."""

    id: str
    ids: list[str]


@dataclass(frozen=True)
class PingMessage:
    """Sign of life; `echo` comes back."""

    echo: str


type Message = JoinMessage | StrokeMessage | InkMessage | EraseMessage | PingMessage


def parse(text: str) -> Message:
    """The message in `text`, or MessageError."""
    try:
        fields = json.loads(text)
    except ValueError:
        raise MessageError("message is not JSON; send one JSON object") from None
    if not isinstance(fields, dict):
        raise MessageError(f"message must be a JSON object, got {type(fields).__name__}")
    read = _READERS.get(fields.get("type")) if isinstance(fields.get("type"), str) else None
    if read is None:
        raise MessageError(f"message type is unknown, got {_shown(fields.get('type'))}; use {', '.join(_READERS)}")
    try:
        return read(fields)
    except MessageError as error:
        id = fields.get("id")
        raise MessageError(str(error), id if isinstance(id, str) and len(id) <= 36 else None) from None


def _join(fields: dict) -> JoinMessage:
    return JoinMessage(_integer(fields, "after", 0, 2**53))


def _stroke(fields: dict) -> StrokeMessage:
    return StrokeMessage(_id(fields, "id"), _id(fields, "author"), *_ink_fields(fields))


def _ink(fields: dict) -> InkMessage:
    return InkMessage(_id(fields, "id"), *_ink_fields(fields))


def _ink_fields(fields: dict) -> tuple[str, int, list[int]]:
    color = fields.get("color")
    if not isinstance(color, str) or not _COLOR.fullmatch(color):
        raise MessageError(f"color must be # and six lower-case hexadecimal digits, got {_shown(color)}")
    points = fields.get("points")
    if not isinstance(points, list) or len(points) % 2 or not 2 <= len(points) <= 2 * MAX_POINTS:
        raise MessageError(f"points must be 1 to {MAX_POINTS} pairs of coordinates in one list")
    if not all(type(number) is int and abs(number) <= MAX_COORDINATE for number in points):
        raise MessageError(f"points must be whole numbers from -{MAX_COORDINATE} to {MAX_COORDINATE}")
    return color, _integer(fields, "width", 1, MAX_WIDTH), points


def _erase(fields: dict) -> EraseMessage:
    ids = fields.get("ids")
    if not isinstance(ids, list) or not 1 <= len(ids) <= MAX_ERASED:
        raise MessageError(f"ids must be a list of 1 to {MAX_ERASED} stroke ids")
    return EraseMessage(_id(fields, "id"), [_uuid("ids", id) for id in ids])


def _ping(fields: dict) -> PingMessage:
    echo = fields.get("echo", "")
    if not isinstance(echo, str) or len(echo) > MAX_ECHO:
        raise MessageError(f"echo must be text of at most {MAX_ECHO} characters")
    return PingMessage(echo)


_READERS = {"join": _join, "stroke": _stroke, "ink": _ink, "erase": _erase, "ping": _ping}


def _id(fields: dict, name: str) -> str:
    return _uuid(name, fields.get(name))


def _uuid(name: str, value: object) -> str:
    try:
        if isinstance(value, str):
            return str(uuid.UUID(value))
    except ValueError:
        pass
    raise MessageError(f"{name} must be a UUID, got {_shown(value)}")


def _integer(fields: dict, name: str, minimum: int, maximum: int) -> int:
    value = fields.get(name)
    if type(value) is not int or not minimum <= value <= maximum:
        raise MessageError(f"{name} must be a whole number from {minimum} to {maximum}, got {_shown(value)}")
    return value


def _shown(value: object) -> str:
    return json.dumps(value)[:60]
