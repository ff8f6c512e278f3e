"""Django's hook into the app's start."""

import atexit

from django.apps import AppConfig
from django.db import connection


class BoardsConfig(AppConfig):
    name = "boards"

    def ready(self):
        # Left to the interpreter's end, the pool's threads would hold up every exit by seconds.
        if connection.vendor == "postgresql":
            atexit.register(connection.close_pool)
