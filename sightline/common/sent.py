"""What a form or an address sends back of what a page wrote into it."""


def key_in(sent: str) -> int:
    """Return the key of a record that was sent, or 0, which no record has, where it is no key."""
    return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 19 else 0
