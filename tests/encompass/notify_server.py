"""A GOV.UK Notify of our own on 127.0.0.1: as much of its API as we speak, and its moods."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid5

from joserfc import jwt
from joserfc.jwk import OctKey

SERVICE = "26785a09-ab16-4eb0-8407-a37497a57506"
SECRET = "3d844edf-8d35-48ac-975b-e847b4f122b0"
KEY = f"castlebrook-{SERVICE}-{SECRET}"
TEMPLATE = "f33517ff-2a88-4f6e-b855-c550268ce08a"


class Notify(ThreadingHTTPServer):
    """Keeps what it took. mood: "well", "down", "busy", or "mute": it takes and does not answer."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.took: list[dict] = []
        self.mood = "well"
        self.bad_addresses: set[str] = set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Notify

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if not self._may() or not self._well():
            return
        if body["email_address"] in self.server.bad_addresses:
            self._refuse(400, "ValidationError", "email_address Not a valid email address")
        elif body["template_id"] != TEMPLATE:
            self._refuse(400, "BadRequestError", "Template not found")
        else:
            self._take(body)

    def do_GET(self) -> None:
        if not self._may() or not self._well():
            return
        [wanted] = parse_qs(urlsplit(self.path).query)["reference"]
        found = [one for one in self.server.took if one["reference"] == wanted]
        self._answer(200, {"notifications": found, "links": {}})

    def _may(self) -> bool:
        token = self.headers["Authorization"].removeprefix("Bearer ")
        claims = jwt.decode(token, OctKey.import_key(SECRET), algorithms=["HS256"]).claims
        assert claims["iss"] == SERVICE
        assert abs(claims["iat"] - time.time()) < 30  # as Notify does
        return True

    def _well(self) -> bool:
        if self.server.mood == "down":
            self._refuse(503, "Exception", "Internal server error")
        elif self.server.mood == "busy":
            self._refuse(429, "RateLimitError", "Exceeded rate limit")
        return self.server.mood not in ("down", "busy")

    def _take(self, body: dict) -> None:
        pk = str(uuid5(UUID(SERVICE), f"{len(self.server.took)}"))
        self.server.took.append(body | {"id": pk, "status": "sending"})
        if self.server.mood == "mute":
            self.close_connection = True
            self.connection.close()
            return
        self._answer(201, {"id": pk, "reference": body["reference"], "content": {}})

    def _refuse(self, status: int, error: str, message: str) -> None:
        errors = [{"error": error, "message": message}]
        self._answer(status, {"status_code": status, "errors": errors})

    def _answer(self, status: int, body: dict) -> None:
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *words: object) -> None:
        """Say nothing."""

    def finish(self) -> None:
        if self.server.mood != "mute":
            super().finish()


@contextmanager
def notify_server() -> Iterator[Notify]:
    """Run one until the end of the block."""
    with Notify() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
