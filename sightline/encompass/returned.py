"""What a mail server sends back when it could not deliver an e-mail after all.

Source: RFC 3464, delivery status notifications: a part that says `Action: failed` and with which
status, and the headers of the e-mail that came back. A delay is no failure; nor is a status below
5, which says that it is tried again.
"""

from collections.abc import Iterator
from email import message_from_bytes, message_from_string
from email.message import Message
from typing import cast

from sightline.common.mail import name_of
from sightline.encompass.receipts import Fate, Receipt


def read_returned(raw: bytes) -> Receipt | None:
    """Return which e-mail of ours came back; None of anything else, a delay or an answer."""
    mail = message_from_bytes(raw)
    if not any(_failed_for_good(block) for block in _blocks(mail)):
        return None
    names = [name_of(id_) for id_ in _message_ids(mail)]
    name = next((one for one in names if one), "")
    return Receipt(Fate.CAME_BACK, name=name) if name else None


def _blocks(mail: Message) -> Iterator[Message]:
    """The blocks of headers of the part that a machine reads: one a message, one a recipient."""
    for part in mail.walk():
        if part.get_content_type() == "message/delivery-status" and part.is_multipart():
            yield from cast(list[Message], part.get_payload())


def _failed_for_good(block: Message) -> bool:
    failed = str(block.get("Action", "")).strip().casefold() == "failed"
    return failed and str(block.get("Status", "5")).strip().startswith("5")


def _message_ids(mail: Message) -> Iterator[str]:
    """The Message-IDs of what came back, whole or its headers alone; not the return's own."""
    for part in mail.walk():
        kind = part.get_content_type()
        if kind == "text/rfc822-headers":
            yield str(message_from_string(str(part.get_payload())).get("Message-ID", ""))
        elif kind == "message/rfc822" and part.is_multipart():
            [inner] = cast(list[Message], part.get_payload())
            yield str(inner.get("Message-ID", ""))
