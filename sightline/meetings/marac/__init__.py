"""MARAC: referring a pair, hearing it, and the flag of twelve months after it."""
