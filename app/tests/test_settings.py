import os
import subprocess
import sys

import pytest

PRODUCTION = {
    "SECRET_KEY": "planted-secret-0123456789-abcdefghijklmnopqrstuvwxyz-ABC",
    "DATABASE_URL": os.environ["DATABASE_URL"],
    "REDIS_URL": os.environ["REDIS_URL"],
    "ALLOWED_HOSTS": "skechwime.test, www.skechwime.test",
}


def run(*arguments, **variables):
    """Runs Python with these variables and nothing else that configures the app."""
    environment = {name: value for name, value in {**PRODUCTION, **variables}.items() if value is not None}
    command = [sys.executable, *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


def check(**variables):
    return run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **variables)


def faults(**variables):
    result = run("-c", "import skechwime.settings.production", **variables)
    assert result.returncode == 1
    assert "planted-secret" not in result.stderr
    return result.stderr.partition("ImproperlyConfigured: ")[2].splitlines()


@pytest.mark.parametrize("https_only", [None, "true", "false"])
def test_passes_djangos_checks_for_deployment(https_only):
    result = check(HTTPS_ONLY=https_only)
    assert result.stdout.startswith("System check identified no issues"), result.stdout + result.stderr
    assert result.returncode == 0


def test_fails_djangos_checks_with_a_weak_secret_key():
    result = check(SECRET_KEY="short")
    assert "security.W009" in result.stderr
    assert result.returncode == 1


def test_waits_for_a_connection_to_postgres_as_long_as_told():
    show = "from skechwime.settings.production import DATABASES; print(DATABASES['default']['OPTIONS']['pool'])"
    pools = [run("-c", show, **told).stdout for told in ({}, {"DATABASE_POOL_TIMEOUT": "1"})]
    assert ["'timeout': 5" in pools[0], "'timeout': 1" in pools[1]] == [True, True]


def test_names_everything_that_is_missing_at_once():
    assert faults(**dict.fromkeys(PRODUCTION)) == [
        "SECRET_KEY is not set; set it to 50 or more random characters",
        "DATABASE_URL is not set; give a URL that begins with postgres:// or postgresql://",
        "REDIS_URL is not set; give a URL that begins with rediss://",
        "ALLOWED_HOSTS is not set; list the app's host names, separated by commas",
    ]


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("DATABASE_URL", "planted-secret", "it must begin with postgres:// or postgresql://"),
        ("DATABASE_URL", "mysql://u:planted-secret@h/d", "it must begin with postgres:// or postgresql://"),
        ("DATABASE_URL", "postgres://u:planted-secret@h:port/d", "percent-encode special characters"),
        ("DATABASE_URL", "postgres://u:planted-secret@h/d?sslmode=disable", "use sslmode=require or leave it out"),
        ("REDIS_URL", "redis://:planted-secret@h:6379", "got redis; it must begin with rediss://"),
        ("ALLOWED_HOSTS", "*", "ALLOWED_HOSTS must name each host, got *"),
        ("HTTPS_ONLY", "yes", "HTTPS_ONLY must be true or false, got yes"),
        ("DATABASE_POOL_TIMEOUT", "31", "DATABASE_POOL_TIMEOUT must be a whole number from 1 to 30, got 31"),
        ("DATABASE_POOL_SIZE", "0", "DATABASE_POOL_SIZE must be a whole number from 1 to 100, got 0"),
        ("HSTS_SECONDS", "a year", "HSTS_SECONDS must be a whole number from 0 to 63072000, got a year"),
    ],
)
def test_refuses_a_wrong_value_without_showing_secrets(name, value, fault):
    [line] = faults(**{name: value})
    assert line.startswith(name)
    assert fault in line


def test_takes_connections_to_postgres_from_a_small_pool_with_tls(settings):
    options = settings.DATABASES["default"]["OPTIONS"]
    assert options["sslmode"] == "require"
    assert options["pool"] == {"min_size": 0, "max_size": 4, "timeout": 5}
    assert settings.DATABASES["default"]["CONN_MAX_AGE"] == 0


def test_leaves_nothing_that_holds_up_the_end_of_a_command():
    result = run("manage.py", "check", "--database", "default", DATABASE_POOL_SIZE="1")
    assert (result.returncode, result.stderr) == (0, "")
