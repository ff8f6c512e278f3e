"""Settings of every running process, from the environment. The README lists the variables."""

import os

from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from skechwime.database import database_settings
from skechwime.environment import Environment
from skechwime.settings.common import *  # noqa: F403

env = Environment(os.environ)

SECRET_KEY = env.text("SECRET_KEY", "set it to 50 or more random characters")

# Which release and dyno this is; the health route tells.
RELEASE = env.first("HEROKU_RELEASE_VERSION", "RELEASE_VERSION")
DYNO = env.first("DYNO")

DATABASES = {"default": database_settings(env, application_name=DYNO or "skechwime")}

# Heroku's Key-Value Store speaks TLS with a self-signed certificate on every plan, so plain redis:// is refused.
REDIS = {
    "address": env.url("REDIS_URL", ("rediss",)),
    "ssl_cert_reqs": "none",
    "ssl_check_hostname": False,
    "socket_connect_timeout": 5,
    "socket_keepalive": True,
    "health_check_interval": 25,
    # A connection that Redis has closed for idling is opened again.
    "retry": Retry(NoBackoff(), 1),
}
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [REDIS], "prefix": "skechwime"},
    }
}

ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env.names("CSRF_TRUSTED_ORIGINS")
# TLS ends at Heroku's router, which sets the header itself whatever the client sent.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

HTTPS_ONLY = env.flag("HTTPS_ONLY", default=True)
SECURE_SSL_REDIRECT = HTTPS_ONLY
CSRF_COOKIE_SECURE = HTTPS_ONLY
CSRF_COOKIE_HTTPONLY = True
HSTS_SECONDS = env.integer("HSTS_SECONDS", default=31_536_000, minimum=0, maximum=63_072_000)
SECURE_HSTS_SECONDS = HSTS_SECONDS if HTTPS_ONLY else 0
# What else runs on subdomains of a custom domain is not this app's to decide (W005, W021).
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
if not HTTPS_ONLY:
    SILENCED_SYSTEM_CHECKS += ["security.W004", "security.W008", "security.W016"]

env.finish()
