from django.apps import AppConfig


class AssuranceConfig(AppConfig):
    name = "sightline.assurance"

    def ready(self) -> None:
        from sightline.rules.assurance.themes import shipped_audits

        shipped_audits()  # a fault in a dated file is found at the start
