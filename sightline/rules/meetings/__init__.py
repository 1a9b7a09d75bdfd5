"""Meetings as dated data: who sits in them, which families are listed, in which order and why."""
