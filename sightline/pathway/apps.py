from django.apps import AppConfig


class PathwayConfig(AppConfig):
    name = "sightline.pathway"

    def ready(self) -> None:
        from sightline.pathway.tasks import subscribe_all

        subscribe_all()
