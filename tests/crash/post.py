"""Sending over HTTP to a socket in the file system: the tests may open no other."""

import contextlib
import http.client
import json
import socket
from pathlib import Path
from typing import Any


class Connection(http.client.HTTPConnection):
    """HTTP as ever, but to the web server that listens at a path."""

    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=30)
        self.path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self.path))


def post(path: Path, token: str, body: dict[str, Any]) -> tuple[int, bytes]:
    """Send a notification and return the status and the body of the answer.

    Raises OSError or HTTPException where there was no answer, or half of one.
    """
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    with contextlib.closing(Connection(path)) as connection:
        connection.request("POST", "/api/notifications", json.dumps(body), headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
