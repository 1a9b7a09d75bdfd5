"""What a command may refuse with. Views turn each into a clear page, never into a crash."""

from django.http import Http404


class WrongMoment(Exception):
    """The record is not in the state this needs; the message says what it is and what to do."""


class ChangedMeanwhile(WrongMoment):
    """Somebody else wrote since the page was opened; show theirs beside what was typed."""


class TakenOut(Http404):
    """What was here is part of nothing any more. `words` say why, `href` is where to go on.

    Raised only to somebody who may see everything of what it was part of.
    """

    def __init__(self, words: str, href: str) -> None:
        super().__init__(words)
        self.words, self.href = words, href


class NotUnderstood(ValueError):
    """Input that cannot be read; `reasons` say what to do, in words for the sender."""

    def __init__(self, *reasons: str) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = list(reasons)
