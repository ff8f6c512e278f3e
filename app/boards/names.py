"""Names of boards, as they stand in addresses."""

import secrets

# Also part of a channel layer group's name, which allows nothing but these characters, and under 100 of them.
PATTERN = "[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?"

# No vowels, so no words; no letters that are mistaken for another.
_LETTERS = "bcdfghjkmnpqrstvwxyz"


class BoardNameConverter:
    """Path converter for board names."""

    regex = PATTERN

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


def new_name() -> str:
    """A name nobody guesses: 43 bits, in groups that can be read out on the phone."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(size)) for size in (3, 4, 3))
