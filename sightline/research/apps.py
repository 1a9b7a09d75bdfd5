from importlib import import_module

from django.apps import AppConfig


class ResearchConfig(AppConfig):
    name = "sightline.research"

    def ready(self) -> None:
        """Read the dated rules, so that a wrong file stops the start, and add our doors to the API
        before its addresses are read (intake/urls.py)."""
        from sightline.rules.research.rules_file import shipped_rules

        shipped_rules()
        import_module("sightline.research.api")
