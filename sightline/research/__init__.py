"""Asking the agencies what they know of the people in a notification."""
