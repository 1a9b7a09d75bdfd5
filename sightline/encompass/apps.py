from importlib import import_module

from django.apps import AppConfig


class EncompassConfig(AppConfig):
    name = "sightline.encompass"

    def ready(self) -> None:
        """Add our doors to the API before its addresses are read (intake/urls.py)."""
        import_module("sightline.encompass.api")
        import_module("sightline.encompass.notify_receipts")
