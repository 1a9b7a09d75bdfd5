from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "sightline.vault"

    def ready(self) -> None:
        from sightline.common.mail import CHECKS
        from sightline.common.navigation import COUNTERS
        from sightline.vault.alarms import count_for
        from sightline.vault.outgoing import no_mail_with_an_address

        CHECKS.append(no_mail_with_an_address)
        COUNTERS["vault-alarms"] = count_for
