"""sightline restrict: see to it at once that only who is named sees somebody's record."""

import argparse
from datetime import date
from typing import Any

from sightline.cli.boot import Problem, boot, say

HELP = "restrict a person's record to who is named, lift that, or list what is restricted"


def add_to(parser: argparse.ArgumentParser) -> None:
    steps = parser.add_subparsers(dest="step", required=True)
    steps.add_parser("list", help="list restricted records by number, without names")
    put = steps.add_parser(
        "set", help="restrict a record, or add to who sees it and who never does"
    )
    end = steps.add_parser("lift", help="lift a restriction")
    for step in (put, end):
        step.add_argument("--person", type=int, help="the number of the record, as in the logs")
        step.add_argument("--number", default="", help="or a number of theirs: NHS, police, phone")
        step.add_argument("--name", default="", help="or the whole name, with --born")
        step.add_argument("--born", type=date.fromisoformat, help="the birth date, 2017-05-09")
        step.add_argument("--because", default="", help="why, in a sentence: it is kept")
        step.add_argument("--by", required=True, metavar="EMAIL", help="the lead who decides it")
    for option, words in (
        ("--named", "a user who sees it"), ("--keep-user", "a user who never does"),
        ("--keep-agency", "the name of an agency whose users never do"),
    ):  # fmt: skip
        put.add_argument(option, action="append", default=[], help=f"{words}; may be repeated")


def run(options: Any) -> int:
    """Do it as the lead's page does, by the same commands. 2 where nobody fits exactly."""
    boot(options.data)
    from sightline.sharing.restricting import restricted

    if options.step == "list":
        for person in restricted():
            say(f"{person.pk}  since {person.restricted_at:%d %B %Y}, {person.restricted_by}")
        return 0
    return _decide(options)


def _decide(options: Any) -> int:
    from django.core.exceptions import PermissionDenied

    from sightline.common.clock import now
    from sightline.common.errors import NotUnderstood
    from sightline.sharing.exactly import Exactly
    from sightline.sharing.restricting import lift, meant, restrict

    by, at = _user(options.by), now()
    who = Exactly(options.number, options.name, options.born)
    try:
        person = meant(who, options.person, by=by, now=at)
        if options.step == "lift":
            lift(person_id=person, because=options.because, by=by, now=at)
        else:
            whom = _whom(options)
            restrict(person_id=person, because=options.because, whom=whom, by=by, now=at)
    except NotUnderstood as refusal:
        raise Problem(str(refusal)) from refusal
    except PermissionDenied as refusal:
        raise Problem(f"{by.name} has no role that restricts records") from refusal
    say(f"{person}  {'lifted' if options.step == 'lift' else 'restricted'}")
    return 0


def _whom(options: Any) -> Any:
    from sightline.access.models import Agency
    from sightline.sharing.restricting import Whom

    agencies = list(Agency.objects.filter(name__in=options.keep_agency))
    if len(agencies) < len(set(options.keep_agency)):
        raise Problem("there is no agency of one of these names")
    return Whom([*map(_user, options.named)], [*map(_user, options.keep_user)], agencies)


def _user(email: str) -> Any:
    from sightline.access.models import User

    found = User.objects.filter(email=email.lower(), is_active=True).first()
    if found is None:
        raise Problem(f"nobody signs in as {email}")
    return found
