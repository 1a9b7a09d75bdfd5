"""What whoever reported may know of what came of it, as dated data."""

from sightline.rules.feedback.rows import Extent, Feedback, FeedbackRules, feedback_for, rules_on

__all__ = ["Extent", "Feedback", "FeedbackRules", "feedback_for", "rules_on"]
