from django.apps import AppConfig


class EscalationConfig(AppConfig):
    name = "sightline.escalation"

    def ready(self) -> None:
        from sightline.common.navigation import COUNTERS
        from sightline.escalation.queries import count_for
        from sightline.rules.escalation.ladder import shipped_ladders

        shipped_ladders()  # a fault in a dated file is found at the start
        COUNTERS["escalations"] = count_for
