"""Finding protected addresses and numbers in whatever is about to leave, however written."""
