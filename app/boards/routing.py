"""Addresses of the WebSockets."""

from channels.exceptions import DenyConnection
from channels.generic.websocket import AsyncWebsocketConsumer
from django.urls import re_path

from boards.consumers import BoardConsumer
from boards.names import PATTERN


class NotFoundConsumer(AsyncWebsocketConsumer):
    """Refuses the handshake of every other address, which Channels would take for a fault of the app."""

    async def connect(self):
        raise DenyConnection


websocket_urlpatterns = [
    re_path(rf"^ws/boards/(?P<name>{PATTERN})$", BoardConsumer.as_asgi()),
    re_path(r"", NotFoundConsumer.as_asgi()),
]
