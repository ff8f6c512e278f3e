"""Typed reading of configuration from environment variables, with all faults reported at once."""

from collections.abc import Mapping

from django.core.exceptions import ImproperlyConfigured


class Environment:
    """Reads variables and remembers what is wrong with them; `finish` raises if anything was.

    Messages name the variable and never hold the value of one that may be secret.
    """

    def __init__(self, variables: Mapping[str, str]):
        self._variables = variables
        self._faults: list[str] = []

    def text(self, name: str, advice: str) -> str:
        """The value of a required variable; `advice` says what to set it to."""
        value = self._variables.get(name, "").strip()
        if not value:
            self._faults.append(f"{name} is not set; {advice}")
        return value

    def first(self, *names: str) -> str | None:
        """The first of these optional variables that has a value."""
        return next((value for name in names if (value := self._variables.get(name, "").strip())), None)

    def flag(self, name: str, default: bool) -> bool:
        value = self._variables.get(name, "").strip().lower()
        if value not in ("", "true", "false"):
            self._faults.append(f"{name} must be true or false, got {value}")
        return default if value == "" else value == "true"

    def integer(self, name: str, default: int, minimum: int, maximum: int) -> int:
        value = self._variables.get(name, "").strip()
        if not value:
            return default
        if not value.isdecimal() or not minimum <= int(value) <= maximum:
            self._faults.append(f"{name} must be a whole number from {minimum} to {maximum}, got {value}")
            return default
        return int(value)

    def names(self, name: str) -> list[str]:
        """The parts of an optional comma-separated variable."""
        return [part.strip() for part in self._variables.get(name, "").split(",") if part.strip()]

    def hosts(self, name: str) -> list[str]:
        """Required host names; `*` is refused, because it switches the check of the Host header off."""
        hosts = self.names(name)
        if not hosts:
            self._faults.append(f"{name} is not set; list the app's host names, separated by commas")
        if "*" in hosts:
            self._faults.append(f"{name} must name each host, got *; list the app's host names, separated by commas")
        return hosts

    def url(self, name: str, schemes: tuple[str, ...]) -> str:
        """A required URL with one of the schemes, or "" if it is none; only its scheme is ever shown."""
        allowed = " or ".join(f"{scheme}://" for scheme in schemes)
        value = self.text(name, f"give a URL that begins with {allowed}")
        scheme, separator, _ = value.partition("://")
        if value and scheme not in schemes:
            got = scheme if separator else "no scheme"
            self._faults.append(f"{name} has the wrong URL scheme, got {got}; it must begin with {allowed}")
            return ""
        return value

    def reject(self, fault: str) -> None:
        """Adds a fault that only the caller can see."""
        self._faults.append(fault)

    def finish(self) -> None:
        if self._faults:
            raise ImproperlyConfigured("\n".join(self._faults))
