from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "sightline.meetings"

    def ready(self) -> None:
        """Read every dated file: one that is wrong stops the start, naming file and entry."""
        from sightline.rules.meetings.kinds import shipped_kinds
        from sightline.rules.meetings.marac import shipped_criteria
        from sightline.rules.meetings.returning import shipped_steps

        for shipped in (shipped_kinds, shipped_criteria, shipped_steps):
            shipped()
