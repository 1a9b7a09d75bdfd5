"""The form for a notification: one page a thing, everything but the reference may stay empty.

A draft is a notification in the making: what is typed is kept in the shape of intake/schema.py, so
that sending it is reading it, and correcting a notification is making a draft of it.
"""
