from importlib import import_module

from django.apps import AppConfig


class ResearchConfig(AppConfig):
    name = "sightline.research"

    def ready(self) -> None:
        """Add our doors to the API before its addresses are read (intake/urls.py)."""
        import_module("sightline.research.api")
