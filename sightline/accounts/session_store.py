"""Sessions as Django keeps them, read and written for nothing but knowing who somebody is.

No page reads the table of sessions: its policies show it to that purpose alone.
"""

from typing import Any

from django.contrib.sessions.backends import db

from sightline.common.wall import Purpose, acting_for


class SessionStore(db.SessionStore):
    def load(self) -> dict[str, Any]:
        with acting_for(Purpose.SIGNING_IN):
            return super().load()

    def exists(self, session_key: str) -> bool:
        with acting_for(Purpose.SIGNING_IN):
            return super().exists(session_key)

    def save(self, must_create: bool = False) -> None:
        with acting_for(Purpose.SIGNING_IN):
            super().save(must_create)

    def delete(self, session_key: str | None = None) -> None:
        with acting_for(Purpose.SIGNING_IN):
            super().delete(session_key)
