from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "sightline.accounts"

    def ready(self) -> None:
        """Read the dated rules at the start: one that is wrong stops it. Say how many wait."""
        from sightline.accounts.queries import to_confirm
        from sightline.common.navigation import COUNTERS
        from sightline.rules.access.rules_file import shipped_rules

        shipped_rules()
        COUNTERS["users"] = to_confirm
