from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    name = "sightline.screening"

    def ready(self) -> None:
        """Read every dated file: one that is wrong stops the start, naming file and entry."""
        from sightline.rules.screening.instrument import shipped_instruments
        from sightline.rules.screening.outcomes import shipped_outcomes
        from sightline.rules.screening.tools import shipped_tools
        from sightline.rules.wording import shipped_phrases

        for shipped in (shipped_instruments, shipped_tools, shipped_outcomes, shipped_phrases):
            shipped()
