"""Notifications a second through the API, durable when answered, and the times of one.

Starts `sightline serve` on a temporary data folder (its own PostgreSQL, fsync on, one worker going
through what comes in), and sends notifications of five people from 1, 4 and 16 connections. A
number is counted when the receipt has come back: the transaction is committed by then.

    python benchmarks/intake.py [how many, 600]
"""

import http.client
import json
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.machine import header, times
from sightline.config.database import stop

PORT = 8931
SIGHTLINE = str(Path(sys.executable).with_name("sightline"))


def main(many: int) -> None:
    print(header())
    with tempfile.TemporaryDirectory(prefix="sightline-bench-") as folder:
        server, token = _serve(folder)
        try:
            print("| connections | a second | the time of one |\n|---|---|---|")
            for connections in (1, 4, 16):
                _measure(connections, many, token)
        finally:
            server.terminate()
            server.wait(60)
            stop(Path(folder))


def _serve(folder: str) -> tuple[subprocess.Popen[bytes], str]:
    from sightline.cli.boot import boot

    boot(folder)
    from sightline.access.tokens import issue
    from sightline.common.clock import now
    from sightline.demo.cast import build_cast

    cast = build_cast(now=now())
    _, token = issue(agency=cast.police, label="bench", by=cast.users["police"], now=now())
    environment = os.environ | {
        "SIGHTLINE_EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "SIGHTLINE_EMAIL_FOLDER": f"{folder}/mail",
    }
    server = subprocess.Popen(
        [SIGHTLINE, "serve", "--port", str(PORT), "--data", folder],
        env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    _wait()
    return server, token


def _wait() -> None:
    for _ in range(120):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=2)
            connection.request("GET", "/health/live")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.5)
    raise SystemExit("the server did not come up")


def _body(run: str, number: int) -> bytes:
    from tests.world import notification

    body = notification(f"{run}-{number}")
    for person in body["people"]:
        person |= {"surname": f"Bench{number % 977}", "nhs_number": ""}
    body["incident"] = body["incident"] | {"log_number": f"{run}-{number}"}
    return json.dumps(body).encode()


def _measure(connections: int, many: int, token: str) -> None:
    run = f"B{connections}-{os.getpid()}"
    bodies = [_body(run, number) for number in range(many)]
    began = time.perf_counter()
    with ThreadPoolExecutor(connections) as pool:
        parts = [bodies[k::connections] for k in range(connections)]
        taken = [t for part in pool.map(lambda p: _send(p, token), parts) for t in part]
    lasted = time.perf_counter() - began
    print(f"| {connections} | {many / lasted:.0f} | {times(taken)} |", flush=True)


def _send(bodies: list[bytes], token: str) -> list[float]:
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    taken = []
    for body in bodies:
        began = time.perf_counter()
        connection.request("POST", "/api/notifications", body, headers)
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 201, answer.status
        taken.append(time.perf_counter() - began)
    return taken


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 600)
