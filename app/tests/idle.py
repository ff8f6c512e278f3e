"""Redis closes a connection that idles longer than its `timeout`: here at once, for all but subscribers."""

from django.conf import settings
from redis.asyncio import Redis


async def close_idle_connections() -> None:
    options = dict(settings.REDIS)
    async with Redis.from_url(options.pop("address"), **options) as admin:
        await admin.client_kill_filter(_type="normal", skipme=True)
