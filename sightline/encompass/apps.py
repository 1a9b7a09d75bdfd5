from importlib import import_module

from django.apps import AppConfig


class EncompassConfig(AppConfig):
    name = "sightline.encompass"

    def ready(self) -> None:
        import_module("sightline.encompass.api")
