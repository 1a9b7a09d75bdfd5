"""How sure one can be of a figure: intervals, comparisons, run charts, and what changed meanwhile.

Everything here takes counts and gives numbers and words back; a figure decides what to count.
"""
