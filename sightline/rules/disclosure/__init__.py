"""Which counts are hidden from whoever may not see records, so that none can be worked out.

`universe` lists what is published together and what adds up to what; `hiding` chooses what to
hide; `worlds` finds other counts that would look just the same from outside; `policy` is how small
is too small; `showing` writes what is hidden.
"""
