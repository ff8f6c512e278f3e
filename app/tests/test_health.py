import asyncio
import time

import pytest

from skechwime import health
from tests.idle import close_idle_connections

pytestmark = pytest.mark.django_db(transaction=True)

HEALTHY = {"status": "ok", "release": "v7", "dyno": "web.1", "database": "ok", "redis": "ok"}


@pytest.fixture(autouse=True)
def _release(settings):
    settings.RELEASE = "v7"
    settings.DYNO = "web.1"


async def test_tells_that_all_is_well_and_which_release_this_is(async_client):
    answer = await async_client.get("/health")
    assert (answer.status_code, answer.json(), answer["Cache-Control"]) == (200, HEALTHY, "no-store")


async def test_answers_under_any_host_and_without_https(async_client, settings):
    settings.SECURE_SSL_REDIRECT = True
    answer = await async_client.get("/health", headers={"host": "10.1.2.3:8000"})
    assert answer.status_code == 200


@pytest.mark.parametrize(("method", "status"), [("head", 200), ("post", 405), ("delete", 405)])
async def test_takes_nothing_but_reads(async_client, method, status):
    assert (await getattr(async_client, method)("/health")).status_code == status


async def test_is_well_though_redis_has_closed_idle_connections(async_client):
    assert (await async_client.get("/health")).status_code == 200
    await close_idle_connections()
    assert (await async_client.get("/health")).status_code == 200


async def test_tells_that_redis_is_unavailable_and_no_more(async_client, settings, caplog):
    settings.REDIS = {**settings.REDIS, "address": "rediss://:planted-secret@127.0.0.1:1"}
    answer = await async_client.get("/health")
    assert (answer.status_code, answer.json()) == (503, {**HEALTHY, "status": "unavailable", "redis": "unavailable"})
    assert "planted-secret" not in answer.content.decode() + caplog.text
    assert caplog.messages[0] == "redis is unavailable: ConnectionError"


async def test_tells_that_postgres_is_unavailable_and_no_more(async_client, monkeypatch, caplog):
    class Broken:
        def cursor(self):
            raise OSError("planted-secret")

        def close(self):
            pass

    monkeypatch.setattr(health, "connection", Broken())
    answer = await async_client.get("/health")
    unavailable = {**HEALTHY, "status": "unavailable", "database": "unavailable"}
    assert (answer.status_code, answer.json()) == (503, unavailable)
    assert caplog.messages[0] == "database is unavailable: OSError"


async def test_does_not_wait_for_one_that_hangs(async_client, monkeypatch, caplog):
    monkeypatch.setattr(health, "LIMIT_SECONDS", 0.2)
    monkeypatch.setattr(health, "_query", lambda: asyncio.sleep(1))
    began = time.monotonic()
    answer = await async_client.get("/health")
    assert (answer.status_code, answer.json()["database"]) == (503, "unavailable")
    assert time.monotonic() - began < 1
    assert caplog.messages[0] == "database gave no answer within 0.2 s"
