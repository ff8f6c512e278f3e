"""A window on a board without a browser."""

import asyncio
import json
import uuid
from contextlib import asynccontextmanager

from websockets.asyncio.client import ClientConnection, connect

HOST = "skechwime.test"


def stroke(**fields) -> dict:
    """A valid stroke, as a window sends it."""
    return {
        "id": str(uuid.uuid4()),
        "author": str(uuid.uuid4()),
        "color": "#e5484d",
        "width": 90,
        "points": [0, 0, 100, -50],
        **fields,
    }


class Window:
    def __init__(self, socket: ClientConnection):
        self.socket = socket

    async def send(self, type: str, **fields) -> None:
        await self.socket.send(json.dumps({"type": type, **fields}))

    async def next(self, type: str) -> dict:
        """The next message of that type, past those of others."""
        async with asyncio.timeout(5):
            while True:
                message = json.loads(await self.socket.recv())
                if message["type"] == type:
                    return message

    async def until_people(self, count: int) -> None:
        """Waits until that many are told to be here."""
        while (await self.next("presence"))["count"] != count:
            pass

    async def until_pong(self) -> list[dict]:
        """All messages before the answer to a ping: what came by now."""
        await self.send("ping", echo="until here")
        messages = []
        async with asyncio.timeout(5):
            while (message := json.loads(await self.socket.recv()))["type"] != "pong":
                messages.append(message)
        return messages

    async def join(self, after: int = 0) -> list[dict]:
        """The pages of what the window has missed."""
        await self.send("join", after=after)
        pages = [await self.next("sync")]
        while not pages[-1]["last"]:
            pages.append(await self.next("sync"))
        return pages

    async def draw(self, **fields) -> dict:
        """Draws a stroke and returns it once the server has it."""
        drawn = stroke(**fields)
        await self.send("stroke", **drawn)
        assert await self.next("ack") == {"type": "ack", "id": drawn["id"], "erased": False}
        return drawn


@asynccontextmanager
async def window(server: str, board: str = "lobby", origin: str = f"http://{HOST}"):
    async with connect(f"ws://{server}/ws/boards/{board}", origin=origin, close_timeout=1) as socket:
        yield Window(socket)
