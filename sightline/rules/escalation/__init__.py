"""What becomes of something that is not done: who is reminded, and whom it goes to after that."""
