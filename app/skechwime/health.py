"""GET /health: whether this process can serve boards, and which release it belongs to."""

import asyncio
import logging
from collections.abc import Awaitable

from asgiref.sync import iscoroutinefunction, markcoroutinefunction, sync_to_async
from django.conf import settings
from django.db import connection
from django.http import HttpResponseNotAllowed, JsonResponse

from skechwime.redis import redis

logger = logging.getLogger(__name__)

# Long enough for a slow first connection, short enough for a router's patience.
LIMIT_SECONDS = 6


class HealthMiddleware:
    """Answers before any other middleware: a prober inside the network knows neither host name nor https."""

    sync_capable = False
    async_capable = True

    def __init__(self, get_response):
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    async def __call__(self, request):
        if request.path_info != "/health":
            return await self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return await health()


async def health() -> JsonResponse:
    database, cache = await asyncio.gather(_works("database", _query()), _works("redis", redis().ping()))
    healthy = database and cache
    return JsonResponse(
        {
            "status": "ok" if healthy else "unavailable",
            "release": settings.RELEASE,
            "dyno": settings.DYNO,
            "database": "ok" if database else "unavailable",
            "redis": "ok" if cache else "unavailable",
        },
        status=200 if healthy else 503,
        headers={"Cache-Control": "no-store"},
    )


async def _works(name: str, probe: Awaitable) -> bool:
    """Whether the probe succeeds in time. A hung one is left behind: cancelling would wait for its thread."""
    task = asyncio.ensure_future(probe)
    done, _ = await asyncio.wait([task], timeout=LIMIT_SECONDS)
    if not done:
        logger.error("%s gave no answer within %s s", name, LIMIT_SECONDS)
        return False
    if error := task.exception():
        # Only the kind: a driver's message can quote the address it was given.
        logger.error("%s is unavailable: %s", name, type(error).__name__)
        return False
    return True


@sync_to_async(thread_sensitive=False)
def _query() -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    finally:
        connection.close()
