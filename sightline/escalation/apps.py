from django.apps import AppConfig


class EscalationConfig(AppConfig):
    name = "sightline.escalation"

    def ready(self) -> None:
        from sightline.common.navigation import COUNTERS
        from sightline.escalation.queries import count_for

        COUNTERS["escalations"] = count_for
