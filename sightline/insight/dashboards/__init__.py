"""A few charts for each role, each the answer to a question, with its table beside it."""
