"""Django's database settings from a Heroku Postgres URL."""

import dj_database_url

from skechwime.environment import Environment


def database_settings(env: Environment, application_name: str) -> dict:
    """What DATABASE_URL, DATABASE_POOL_SIZE and DATABASE_POOL_TIMEOUT ask for; faults go to `env`.

    Heroku Postgres requires TLS, but its certificate cannot be verified: sslmode is `require` unless the URL says more.
    """
    url = env.url("DATABASE_URL", ("postgres", "postgresql"))
    pool_size = env.integer("DATABASE_POOL_SIZE", default=4, minimum=1, maximum=100)
    pool_timeout = env.integer("DATABASE_POOL_TIMEOUT", default=5, minimum=1, maximum=30)
    if not url:
        return {}
    try:
        # Under ASGI a connection kept per thread would never be given back: conn_max_age is 0, the pool keeps them.
        database = dj_database_url.parse(url, conn_max_age=0, conn_health_checks=True)
    except ValueError:
        env.reject("DATABASE_URL is not a valid URL; percent-encode special characters in its user name and password")
        return {}
    options = database.setdefault("OPTIONS", {})
    sslmode = options.setdefault("sslmode", "require")
    if sslmode not in ("require", "verify-ca", "verify-full"):
        env.reject(f"DATABASE_URL must ask for TLS, got sslmode={sslmode}; use sslmode=require or leave it out")
    options["connect_timeout"] = 5
    options["application_name"] = application_name
    # A process never holds more connections than the pool's, so that a plan's limit can be reckoned with.
    options["pool"] = {"min_size": 0, "max_size": pool_size, "timeout": pool_timeout}
    return database
