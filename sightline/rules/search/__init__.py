"""Finding people by whatever is known of them, in any order. Pure: no database, no clock.

*Line*: what somebody typed. *Part*: one thing in it, such as a word or a date. *Term*: something
that can be looked up, a letter for its kind and a value, such as "n:leila" or "y:2017". *Writing*:
a person as one source wrote them down; it has terms. *Wish*: a term that a part would be content
with, how near that comes to what was typed, and what it is worth. A person is found by the wishes
that their writings fulfil.
"""
