"""sightline serve: web and worker on one machine, restarted when they die."""

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from sightline.cli.boot import boot, say
from sightline.config.database import data_folder, keep_running
from sightline.config.supervisor import run as supervise

HELP = "serve Sightline: the web process and the worker, restarted when they die"

# Finished tasks are removed: what happened is in the audit, not in the queue.
WORKER = ("procrastinate", "worker", "--concurrency", "4", "--delete-jobs", "successful")


def add_to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument(
        "--port", type=int, default=8000, help="port to listen on (0: any free one)"
    )


def run(options: Any) -> int:
    """Bring the database up to date and serve until stopped."""
    os.environ.setdefault("SIGHTLINE_BASE_URL", f"http://localhost:{options.port}")
    boot(options.data)
    return serve(options.host, options.port, options.data)


def serve(host: str, port: int, data: str | None, banner: str = "") -> int:
    """Run the processes of one machine; everything is booted already."""
    _collect_static()
    address = f"{host}:{port}"

    def ready() -> None:
        say(banner or f"Sightline is at http://{address} - stop it with Ctrl-C")

    return supervise(
        {"web": web_command(address), "worker": worker_command()},
        dict(os.environ),
        ready,
        lambda: keep_running(data_folder(data)),
    )


def web_command(address: str) -> list[str]:
    """Return the command line of the web server, on host:port or unix:path."""
    workers = os.environ.get("SIGHTLINE_WEB_WORKERS", "2")
    return [
        sys.executable, "-m", "gunicorn", "sightline.config.wsgi:application", "--bind", address,
        "--workers", workers, "--threads", "4", "--timeout", "60", "--preload",
        "--log-level", "warning",
    ]  # fmt: skip


def worker_command() -> list[str]:
    """Return the command line of the worker."""
    return [sys.executable, "-W", "ignore", "-m", "django", *WORKER]


def _collect_static() -> None:
    """Copy the static files to where whitenoise serves them from, if anything is newer."""
    from django.conf import settings
    from django.core.management import call_command

    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0)
