"""A process that supervises shell commands: supervised.py NAME=COMMAND ... (see test_supervisor).

Says "ready" once all are started, and "tended" whenever it looks after things. Times are short, so
that tests need not wait.
"""

import os
import sys

from sightline.config import supervisor

supervisor.LOOK_SECONDS = 0.02
supervisor.TEND_SECONDS = 0.1
supervisor.GRACE_SECONDS = 2.0
supervisor.FIRST_PAUSE = 0.02


def say(what: str) -> None:
    sys.stdout.write(what + "\n")
    sys.stdout.flush()


def tend() -> None:
    say("tended")
    raise RuntimeError("looking after it failed")


named = dict(argument.split("=", 1) for argument in sys.argv[1:])
commands = {name: ["sh", "-c", command] for name, command in named.items()}
env = {**os.environ, "GREETING": "from the supervisor"}
sys.exit(supervisor.run(commands, env, lambda: say("ready"), tend=tend))
