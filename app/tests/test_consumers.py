import asyncio

import pytest
from django.db import OperationalError
from websockets.exceptions import InvalidStatus

from boards import changes
from tests.idle import close_idle_connections
from tests.window import stroke, window


async def test_shows_a_stroke_in_every_window_of_the_board_and_keeps_it(server):
    async with window(server) as here, window(server) as there, window(server, "elsewhere") as elsewhere:
        drawn = await here.draw()
        assert await there.next("stroke") == {"type": "stroke", "seq": 1, "stroke": drawn}
        assert [message["type"] for message in await elsewhere.until_pong()] == ["presence"]
    async with window(server) as later:
        sync = {"type": "sync", "seq": 1, "strokes": [drawn], "erased": [], "last": True, "reset": False}
        assert await later.join() == [sync]


async def test_takes_a_stroke_that_is_sent_twice_once(server):
    async with window(server) as here, window(server) as there:
        drawn = await here.draw()
        await there.next("stroke")
        await there.draw(**drawn)
        assert [message["type"] for message in await there.until_pong()] == []
        assert [stroke["id"] for stroke in (await there.join())[0]["strokes"]] == [drawn["id"]]


async def test_tells_a_window_that_its_stroke_was_erased_while_it_was_away(server):
    async with window(server) as here:
        drawn = await here.draw()
        await here.send("erase", id=drawn["author"], ids=[drawn["id"]])
        await here.next("ack")
        await here.send("stroke", **drawn)
        assert await here.next("ack") == {"type": "ack", "id": drawn["id"], "erased": True}


async def test_erases_in_every_window(server):
    async with window(server) as here, window(server) as there:
        first, second = await here.draw(), await here.draw()
        await there.send("erase", id=first["author"], ids=[first["id"], second["id"]])
        event = await here.next("erase")
        assert (event["seq"], sorted(event["ids"])) == (3, sorted([first["id"], second["id"]]))
        assert await there.next("ack") == {"type": "ack", "id": first["author"], "erased": False}
        assert [page["strokes"] for page in await here.join()] == [[]]


async def test_shows_the_others_a_stroke_while_it_is_drawn_and_keeps_none_of_it(server):
    async with window(server) as here, window(server) as there:
        piece = {key: value for key, value in stroke().items() if key != "author"}
        await here.send("ink", **piece)
        assert await there.next("ink") == {"type": "ink", **piece}
        assert "ink" not in [message["type"] for message in await here.until_pong()]
        assert [page["strokes"] for page in await here.join()] == [[]]


async def test_sends_a_window_that_comes_back_only_what_it_has_missed(server):
    async with window(server) as here:
        await here.draw()
        async with window(server) as there:
            [sync] = await there.join()
        missed = await here.draw()
        async with window(server) as there:
            [sync] = await there.join(after=sync["seq"])
            assert [stroke["id"] for stroke in sync["strokes"]] == [missed["id"]]


async def test_counts_the_windows_of_a_board(server):
    async with window(server) as here:
        await here.until_people(1)
        async with window(server), window(server, "elsewhere"):
            await here.until_people(2)
        await here.until_people(1)


async def test_forgets_a_window_that_vanishes_while_it_is_being_sent_something(server):
    async with window(server) as here:
        async with window(server) as gone:
            await here.until_people(2)
            for _ in range(50):
                await here.send("stroke", **stroke())
            gone.socket.transport.abort()
        await here.until_people(1)


async def test_answers_a_ping_with_its_echo_and_where_the_board_stands(server):
    async with window(server) as here:
        await here.draw()
        await here.send("ping", echo="still there?")
        assert await here.next("pong") == {"type": "pong", "echo": "still there?", "seq": 1, "count": 1}


async def test_names_what_is_wrong_with_a_message_and_goes_on(server):
    async with window(server) as here:
        wrong = stroke(width=0)
        await here.send("stroke", **wrong)
        fault = "width must be a whole number from 1 to 10000, got 0"
        assert await here.next("error") == {"type": "error", "id": wrong["id"], "message": fault}
        await here.socket.send(b"bytes")
        fault = "message must be text, got bytes"
        assert await here.next("error") == {"type": "error", "id": None, "message": fault}
        await here.draw()


async def test_ends_the_connection_when_a_stroke_cannot_be_stored(server, monkeypatch, caplog):
    def fail(*_):
        raise OperationalError("planted-secret")

    async with window(server) as here, window(server) as there:
        monkeypatch.setattr(changes, "draw", fail)
        await here.send("stroke", **stroke())
        await here.socket.wait_closed()
        assert here.socket.close_code == 1013
        await there.until_people(2)
        await there.until_people(1)
    assert "a window's connection ends: OperationalError" in caplog.messages
    assert "planted-secret" not in caplog.text


async def test_refuses_pages_of_other_sites_and_other_addresses(server):
    for address in [("lobby", "http://elsewhere.example"), ("lobby", None), ("Not-A-Board", "http://skechwime.test")]:
        with pytest.raises(InvalidStatus) as refused:
            async with asyncio.timeout(5), window(server, *address):
                pass
        assert refused.value.response.status_code == 403


async def test_goes_on_when_redis_has_closed_idle_connections(server):
    async with window(server) as one, window(server) as other:
        await one.draw()
        await close_idle_connections()
        drawn = await one.draw()
        assert (await other.next("stroke"))["stroke"] != drawn
        assert (await other.next("stroke"))["stroke"] == drawn
        await close_idle_connections()
        async with window(server) as late:
            assert (await late.join())[0]["strokes"][-1] == drawn
