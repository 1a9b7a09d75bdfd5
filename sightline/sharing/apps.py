from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "sightline.sharing"

    def ready(self) -> None:
        from sightline.common.navigation import COUNTERS
        from sightline.sharing import emergencies, noticing

        COUNTERS["emergencies"] = emergencies.count_for
        COUNTERS["restrictions"] = noticing.count_for
