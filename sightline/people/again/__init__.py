"""Looking at all links again: after a back-load, every night, and with a new model."""
