"""sightline agency: agencies, their first administrators, and their own sign-in.

What is done here cannot be done on a page: it decides who decides. Everything may be done twice.
"""

import argparse
import sys
from typing import Any

from sightline.cli.boot import Problem, boot, say

HELP = "add an agency, let its administrator in, set its own sign-in (OpenID Connect)"


def add_to(parser: argparse.ArgumentParser) -> None:
    steps = parser.add_subparsers(dest="step", required=True)
    steps.add_parser("list", help="list agencies, their administrators and their own sign-in")
    add = steps.add_parser("add", help="add an agency")
    add.add_argument("name")
    add.add_argument("--kind", required=True, help="police, social_care, school, council, ...")
    add.add_argument("--core", action="store_true", help="it sits in the screening team")
    administrator = steps.add_parser(
        "administrator", help="let an administrator in, new or locked out; prints their code"
    )
    administrator.add_argument("agency")
    administrator.add_argument("--email", required=True)
    administrator.add_argument("--name", default="", help="for somebody new")
    issuer = steps.add_parser("issuer", help="set the agency's own sign-in")
    issuer.add_argument("agency")
    issuer.add_argument("--url", required=True, help="the issuer, https://...")
    issuer.add_argument("--client-id", required=True)
    issuer.add_argument(
        "--asks-second-factor", action="store_true", help="it does so itself, so that we need not"
    )


def run(options: Any) -> int:
    """Do one step; raise Problem in words for whoever is at the terminal."""
    boot(options.data)
    STEPS[options.step](options)
    return 0


def _list(options: Any) -> None:
    from sightline.access.models import Agency, User
    from sightline.accounts.whose import ADMINISTRATOR

    issuers = Agency.objects.exclude(issuer=None).in_bulk()
    for agency in Agency.objects.order_by("name"):
        people = User.objects.filter(
            agency=agency, is_active=True, roles__contains=[ADMINISTRATOR]
        ).order_by("name")
        own = f"; signs in at {issuers[agency.pk].issuer.url}" if agency.pk in issuers else ""
        names = ", ".join(user.name for user in people) or "no administrator"
        say(f"{agency.name} ({agency.kind}): {names}{own}")


def _add(options: Any) -> None:
    from sightline.access.commands import add_agency
    from sightline.access.models import AgencyKind
    from sightline.common.clock import now

    if options.kind not in AgencyKind:
        raise Problem(f"--kind is one of {', '.join(AgencyKind)}")
    kind = AgencyKind(options.kind)
    agency = add_agency(name=options.name, kind=kind, core=options.core, by=None, now=now())
    say(f"{agency.name} is there.")


def _administrator(options: Any) -> None:
    from sightline.accounts.first_administrator import let_in
    from sightline.common.clock import now
    from sightline.common.errors import NotUnderstood

    try:
        user, code = let_in(
            email=options.email, name=options.name, agency=_agency(options), now=now()
        )
    except NotUnderstood as refusal:
        raise Problem(str(refusal)) from refusal
    say(f"{user.name} signs in with this code, once, within three days: {code}")


def _issuer(options: Any) -> None:
    """The secret comes on standard input: what is on a command line, others can see."""
    from sightline.accounts.providers import set_issuer
    from sightline.common.clock import now
    from sightline.common.errors import NotUnderstood

    agency = _agency(options)
    secret = sys.stdin.readline().strip()
    if not secret:
        raise Problem("give the client's secret on standard input")
    try:
        issuer = set_issuer(
            agency=agency, url=options.url, client_id=options.client_id, secret=secret,
            asks_second_factor=options.asks_second_factor, by=None, now=now(),
        )  # fmt: skip
    except NotUnderstood as refusal:
        raise Problem(str(refusal)) from refusal
    say(f"People of {agency.name} sign in at {issuer.url}")


def _agency(options: Any) -> Any:
    from sightline.access.models import Agency

    agency = Agency.objects.filter(name=options.agency).first()
    if agency is None:
        raise Problem("there is no such agency; `sightline agency list` names them")
    return agency


STEPS = {"list": _list, "add": _add, "administrator": _administrator, "issuer": _issuer}
