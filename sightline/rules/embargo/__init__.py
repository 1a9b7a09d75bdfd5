"""Of whom no rows leave as a file yet, as dated data."""

from sightline.rules.embargo.rows import EmbargoRules, rules_on

__all__ = ["EmbargoRules", "rules_on"]
