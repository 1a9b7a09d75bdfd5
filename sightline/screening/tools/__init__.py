"""Assessments by other tools: recorded, read beside each other, never converted."""
