"""The rules of access as a chapter that a security lead can read and correct."""

from datetime import timedelta

from sightline.rules.access.rules_file import AccessRules, Waits
from sightline.rules.access.waits import wait_after
from sightline.rules.handbook.parts import Chapter, Section, Table


def describe(rules: AccessRules) -> Chapter:
    """Return the rules in words."""
    return Chapter(
        title=rules.title,
        key=rules.key,
        source=rules.source,
        where="sightline/rules/access/data",
        commencement=rules.commencement,
        end=rules.end,
        sections=(
            Section("Sessions", _sessions(rules)),
            Section("Failed attempts", _attempts(), (_waits(rules),)),
            Section("Who keeps access", _confirming(rules)),
            Section("Records opened in an emergency", _emergencies(rules)),
        ),
    )


def _sessions(rules: AccessRules) -> tuple[str, ...]:
    sessions = rules.sessions
    return (
        f"Without a click for {_minutes(sessions.idle)} the screen is locked.",
        f"After {_minutes(sessions.longest)} one signs in anew.",
        f"What is dangerous asks who one is, unless that was shown in the last"
        f" {_minutes(sessions.recent)}; once its page is open, there are"
        f" {_minutes(sessions.writing)} to send it.",
    )


def _attempts() -> tuple[str, ...]:
    return (
        "Failures in a row are counted by account and by address. A wait follows them, twice as"
        " long each time. An account is never closed by failures.",
        "A browser in which somebody has signed in before counts for itself: what a stranger tries"
        " elsewhere does not make its owner wait.",
    )


def _waits(rules: AccessRules) -> Table:
    return Table(
        ("Failures in a row", "Of one account", "From one address"),
        tuple(
            (str(many), _wait(many, rules.account), _wait(many, rules.address))
            for many in (4, 5, 8, 12, 50, 60)
        ),
    )


def _wait(many: int, waits: Waits) -> str:
    seconds = int(wait_after(many, waits).total_seconds())
    return f"{seconds} seconds" if seconds else "none"


def _confirming(rules: AccessRules) -> tuple[str, ...]:
    rule = rules.confirming
    return (
        f"An agency's administrator confirms every {rule.every.days} days who of its people still"
        f" needs access, and is reminded from {rule.remind.days} days before.",
        "Whoever is not confirmed loses access on the day after, and gets it back when they are.",
        "Nobody confirms themselves.",
    )


def _emergencies(rules: AccessRules) -> tuple[str, ...]:
    rule = rules.emergencies
    return (
        f"Whoever cannot wait opens one person's record for {_minutes(rule.open_for)}, with a"
        " reason, after showing who they are. It ends by itself. Safe addresses and safe contact"
        " stay shut.",
        f"Within {rule.review_working_days} working days somebody else says whether it was"
        " justified, and what follows. Nobody reviews their own.",
        "Whoever a restricted record is kept from cannot open it in this way either.",
    )


def _minutes(length: timedelta) -> str:
    minutes = int(length.total_seconds()) // 60
    return f"{minutes // 60} hours" if minutes >= 120 else f"{minutes} minutes"
