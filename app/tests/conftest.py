import asyncio

import pytest
import uvicorn


@pytest.fixture
async def server(transactional_db):
    """The application behind a real server; its address."""
    from skechwime.asgi import application

    config = uvicorn.Config(application, host="127.0.0.1", port=0, lifespan="off", log_config=None, ws_max_size=131072)
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    host, port = server.servers[0].sockets[0].getsockname()
    yield f"{host}:{port}"
    server.should_exit = True
    await running
