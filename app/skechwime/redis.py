"""A small Redis client per event loop, beside the two connections that the channel layer holds."""

import asyncio
from weakref import WeakKeyDictionary

from django.conf import settings
from redis.asyncio import BlockingConnectionPool, Redis

_clients: WeakKeyDictionary[asyncio.AbstractEventLoop, Redis] = WeakKeyDictionary()


def redis() -> Redis:
    """The running event loop's client. It waits for a free connection rather than opening a third."""
    loop = asyncio.get_running_loop()
    if loop not in _clients:
        options = dict(settings.REDIS)
        url = options.pop("address")
        pool = BlockingConnectionPool.from_url(url, max_connections=2, timeout=5, **options)
        _clients[loop] = Redis.from_pool(pool)
    return _clients[loop]
