from django.apps import AppConfig


class ActionsConfig(AppConfig):
    name = "sightline.actions"

    def ready(self) -> None:
        """Read every dated file at the start, so that one with a fault stops nobody later."""
        from sightline.rules.clocks.clock import shipped_clocks
        from sightline.rules.clocks.kinds import shipped_kinds
        from sightline.rules.feedback.rows import shipped_rules

        shipped_clocks()
        shipped_kinds()
        shipped_rules()
