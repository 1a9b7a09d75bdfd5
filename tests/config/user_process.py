"""A process that uses the embedded database of a folder: say where it is, wait, end.

Usage: user_process.py DATA [USER NUMBER]. Prints one line of JSON, then waits for end of input.
With a user number it becomes that user first (started by root), as if that user had started it.
"""

import json
import os
import sys
from pathlib import Path

from sightline.config import database


def become(user: int) -> None:
    os.setgroups([])
    os.setgid(user)
    os.setuid(user)


def main(data: str, user: str = "") -> None:
    if user:
        become(int(user))
    try:
        reached = database.connections(Path(data), durable=False)
    except database.DatabaseProblem as problem:
        say(problem=type(problem).__name__, text=str(problem))
        return
    say(pid=database.status(Path(data)).pid, owner=reached.owner, app=reached.app)
    sys.stdin.read()


def say(**what: str | int | None) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


main(*sys.argv[1:])
