"""Rules of safe contact: what holds when several were written down, and who is new."""
