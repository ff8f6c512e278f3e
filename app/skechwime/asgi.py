"""The ASGI application: Django for HTTP, Channels for WebSockets."""

import os

from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "skechwime.settings.production")
django_application = get_asgi_application()

from boards.routing import websocket_urlpatterns  # noqa: E402 - models can be imported only once Django is set up

application = ProtocolTypeRouter(
    {
        "http": django_application,
        # A page of another site must not be able to draw in a visitor's name.
        "websocket": AllowedHostsOriginValidator(URLRouter(websocket_urlpatterns)),
    }
)
