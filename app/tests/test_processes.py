"""The process types as the image runs them: bin/web and bin/release in processes of their own."""

import asyncio
import os
import signal
import socket
import urllib.request
from contextlib import asynccontextmanager

import pytest
from django.db import connection
from websockets.asyncio.client import ClientConnection, connect
from websockets.frames import Opcode

from tests.window import HOST, Window

pytestmark = pytest.mark.django_db(transaction=True)


def variables(**more):
    """What a dyno is given, with the tests' own database."""
    base, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    return {**os.environ, "DATABASE_URL": f"{base}/{connection.settings_dict['NAME']}", **more}


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


@asynccontextmanager
async def web(**more):
    """A running web process and its address."""
    port = free_port()
    environment = variables(PORT=str(port), **more)
    process = await asyncio.create_subprocess_exec("sh", "bin/web", env=environment, start_new_session=True)
    try:
        async with asyncio.timeout(30):
            while not await asyncio.to_thread(healthy, port):
                await asyncio.sleep(0.1)
        yield process, f"127.0.0.1:{port}"
    finally:
        if process.returncode is None:
            os.killpg(process.pid, signal.SIGKILL)
            await process.wait()


def healthy(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


class Pinged(ClientConnection):
    """A connection that remembers the server's pings."""

    pings = 0

    def process_event(self, event):
        self.pings += getattr(event, "opcode", None) is Opcode.PING
        super().process_event(event)


def open_socket(address):
    return connect(f"ws://{address}/ws/boards/lobby", origin=f"http://{HOST}", create_connection=Pinged)


async def test_closes_websockets_as_restarting_and_ends_when_told_to_stop():
    async with web() as (process, address), open_socket(address) as socket:
        drawn = await Window(socket).draw()
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(5):
            await socket.wait_closed()
            await process.wait()
        assert socket.close_code == 1012
    async with web() as (_, address), open_socket(address) as socket:
        [sync] = await Window(socket).join()
        assert sync["strokes"] == [drawn]


async def test_carries_strokes_between_worker_processes_and_stops_them_all():
    async with web(WEB_CONCURRENCY="2") as (process, address):
        sockets = [await open_socket(address) for _ in range(8)]
        drawn = await Window(sockets[0]).draw()
        for other in sockets[1:]:
            assert (await Window(other).next("stroke"))["stroke"] == drawn
        # Heroku tells every process of a dyno to stop, the workers too.
        os.killpg(process.pid, signal.SIGTERM)
        async with asyncio.timeout(10):
            await process.wait()
            for other in sockets:
                await other.wait_closed()
        with pytest.raises(ProcessLookupError):
            os.killpg(process.pid, 0)


async def test_pings_before_the_router_takes_a_websocket_for_dead():
    async with web() as (_, address), open_socket(address) as socket:
        async with asyncio.timeout(50):
            while socket.pings == 0:
                await asyncio.sleep(0.1)


async def test_does_not_start_without_a_port():
    environment = {name: value for name, value in variables().items() if name != "PORT"}
    process = await asyncio.create_subprocess_exec("sh", "bin/web", env=environment, stderr=asyncio.subprocess.PIPE)
    _, errors = await process.communicate()
    assert process.returncode == 2
    assert errors.decode().strip().endswith("PORT: is not set; give the port to listen on")


async def test_migrates_in_the_release_phase_unless_the_configuration_is_unfit():
    process = await asyncio.create_subprocess_exec("sh", "bin/release", env=variables())
    assert await process.wait() == 0
    process = await asyncio.create_subprocess_exec("sh", "bin/release", env=variables(SECRET_KEY="short"))
    assert await process.wait() == 1
