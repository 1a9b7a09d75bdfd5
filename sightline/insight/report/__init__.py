"""The evaluation report: all published tables and charts for chosen days, and what they say."""
