"""How people get in and stay in: waits after failed attempts, lengths of sessions, confirmation."""
