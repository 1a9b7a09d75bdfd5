"""sightline token: let an agency's machine send notifications, or answer what it is asked."""

import argparse
from typing import Any

from sightline.cli.boot import Problem, boot, say

HELP = "issue a token with which an agency's machine sends notifications or answers questions"


def add_to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--agency", required=True, help="name of the agency, as in Sightline")
    parser.add_argument("--label", required=True, help="what the token is for")
    parser.add_argument("--by", required=True, metavar="EMAIL", help="the user who answers for it")
    parser.add_argument(
        "--for", dest="uses", action="append", choices=["notifications", "research"],
        help="what it opens; give it twice for both (default: notifications)",
    )  # fmt: skip


def run(options: Any) -> int:
    """Print the token once; only its digest is kept."""
    boot(options.data)
    from sightline.access.models import Agency, TokenUse, User
    from sightline.access.tokens import issue
    from sightline.common.clock import now

    agency = Agency.objects.filter(name=options.agency).first()
    user = User.objects.filter(email=options.by.lower()).first()
    if agency is None or user is None:
        raise Problem("there is no such agency, or no user with that e-mail address")
    uses = [TokenUse(use) for use in options.uses or ["notifications"]]
    _, secret = issue(agency=agency, label=options.label, uses=uses, by=user, now=now())
    say(secret)
    return 0
