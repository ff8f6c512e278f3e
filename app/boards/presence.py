"""How many windows look at a board, counted in Redis over all dynos and processes."""

import time

from skechwime.redis import redis

# A window pings every 20 s; one that died with its dyno is forgotten after three.
FORGOTTEN_AFTER = 60


async def seen(board: str, window: str) -> int:
    """Notes that the window is there and returns how many are."""
    return await _count(board, lambda pipe, key: pipe.zadd(key, {window: time.time()}))


async def left(board: str, window: str) -> int:
    """Notes that the window is gone and returns how many are left."""
    return await _count(board, lambda pipe, key: pipe.zrem(key, window))


async def _count(board: str, write) -> int:
    key = f"skechwime:presence:{board}"
    async with redis().pipeline(transaction=False) as pipe:
        write(pipe, key)
        pipe.zremrangebyscore(key, 0, time.time() - FORGOTTEN_AFTER)
        pipe.zcard(key)
        pipe.expire(key, 2 * FORGOTTEN_AFTER)
        return (await pipe.execute())[2]
