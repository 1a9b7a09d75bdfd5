"""What a command may refuse with. Views turn each into a clear page, never into a crash."""


class WrongMoment(Exception):
    """The record is not in the state this needs; the message says what it is and what to do."""


class ChangedMeanwhile(WrongMoment):
    """Somebody else wrote since the page was opened; show theirs beside what was typed."""


class NotUnderstood(ValueError):
    """Input that cannot be read; `reasons` say what to do, in words for the sender."""

    def __init__(self, *reasons: str) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = list(reasons)
