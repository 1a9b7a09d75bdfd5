"""What can be wrong with the database, said so that the person at the terminal knows what to do."""


class DatabaseProblem(Exception):
    """Anything that keeps us from a usable database. Its text is for a person; show it as it is."""


class FolderProblem(DatabaseProblem):
    """The data folder cannot be used: not ours, open to others, or an impossible name."""


class WrongVersion(DatabaseProblem):
    """The database in the folder was written by another major version of PostgreSQL."""


class StartFailed(DatabaseProblem):
    """The embedded server did not start, recover or stop in time."""


class Unreachable(DatabaseProblem):
    """The server named by DATABASE_URL or DATABASE_OWNER_URL did not let us in."""


class ServerTooOld(DatabaseProblem):
    """The server is older than the oldest PostgreSQL we support."""


class MissingRole(DatabaseProblem):
    """The role `sightline_app` is missing and we may not create it. The text holds the SQL."""


class UnsafeRole(DatabaseProblem):
    """The role of the web and worker processes could get round row-level security."""
