"""The WebSocket of one window on a board."""

import json
import logging

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from django.db import Error as DatabaseError
from redis.exceptions import RedisError

from boards import changes, presence
from boards.messages import (
    EraseMessage,
    InkMessage,
    JoinMessage,
    Message,
    MessageError,
    PingMessage,
    StrokeMessage,
    parse,
)

logger = logging.getLogger(__name__)

TRY_AGAIN_LATER = 1013


class BoardConsumer(AsyncWebsocketConsumer):
    """Stores what its window sends, tells the board's other windows, and tells its window what they send.

    It handles one message after another, so a window sees changes only after what it has missed. When Postgres or
    Redis fails, the connection ends; the window keeps what was not acknowledged and sends it again.
    """

    async def __call__(self, scope, receive, send):
        self.board = scope["url_route"]["kwargs"]["name"]
        self.group = f"board.{self.board}"
        try:
            await super().__call__(scope, receive, send)
        except (DatabaseError, RedisError) as error:
            # Only the kind: a driver's message can quote the address it was given.
            logger.error("a window's connection ends: %s", type(error).__name__)
            await self.close(TRY_AGAIN_LATER)
        finally:
            # Not in disconnect(), which is not called for a window that vanishes while it is being sent something.
            await self._leave()

    async def connect(self):
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.accept()
        await self._tell_presence(await presence.seen(self.board, self.channel_name))

    async def _leave(self) -> None:
        try:
            await self.channel_layer.group_discard(self.group, self.channel_name)
            await self._tell_presence(await presence.left(self.board, self.channel_name))
        except RedisError as error:
            logger.warning("a window's leaving could not be told: %s", type(error).__name__)

    async def receive(self, text_data=None, bytes_data=None):
        try:
            if text_data is None:
                raise MessageError("message must be text, got bytes")
            await self._handle(parse(text_data))
        except MessageError as error:
            await self._send({"type": "error", "id": error.id, "message": str(error)})

    async def _handle(self, message: Message) -> None:
        match message:
            case StrokeMessage():
                await self._draw(message)
            case InkMessage():
                event = {"type": "ink", **vars(message)}
                await self._tell(event, skip=self.channel_name)
            case EraseMessage():
                await self._erase(message)
            case JoinMessage():
                await self._send_missed(message.after)
            case PingMessage():
                count = await presence.seen(self.board, self.channel_name)
                seq = await database_sync_to_async(changes.current_seq)(self.board)
                await self._send({"type": "pong", "echo": message.echo, "seq": seq, "count": count})

    async def _draw(self, message: StrokeMessage) -> None:
        drawn = await database_sync_to_async(changes.draw)(self.board, message)
        if drawn.seq is not None:
            await self._tell({"type": "stroke", "seq": drawn.seq, "stroke": vars(message)})
        await self._send({"type": "ack", "id": message.id, "erased": drawn.erased})

    async def _erase(self, message: EraseMessage) -> None:
        change = await database_sync_to_async(changes.erase)(self.board, message.ids)
        if change is not None:
            seq, erased = change
            await self._tell({"type": "erase", "seq": seq, "ids": erased})
        await self._send({"type": "ack", "id": message.id, "erased": False})

    async def _send_missed(self, after: int) -> None:
        pages = changes.missed(self.board, after)
        while page := await database_sync_to_async(next)(pages, None):
            strokes = [
                {
                    "id": str(stroke.id),
                    "author": str(stroke.author),
                    "color": stroke.color,
                    "width": stroke.width,
                    "points": stroke.points,
                }
                for stroke in page.strokes
            ]
            await self._send(
                {
                    "type": "sync",
                    "seq": page.seq,
                    "strokes": strokes,
                    "erased": page.erased,
                    "last": page.last,
                    "reset": page.reset,
                }
            )

    async def _tell_presence(self, count: int) -> None:
        await self._tell({"type": "presence", "count": count})

    async def _tell(self, event: dict, skip: str = "") -> None:
        """Sends the event to all windows of the board but one."""
        await self.channel_layer.group_send(self.group, {"type": "board.event", "event": event, "skip": skip})

    async def board_event(self, message: dict) -> None:
        if message["skip"] != self.channel_name:
            await self._send(message["event"])

    async def _send(self, event: dict) -> None:
        await self.send(text_data=json.dumps(event, separators=(",", ":")))
