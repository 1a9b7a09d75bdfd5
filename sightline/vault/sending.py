"""The e-mail that a safety alarm waits: to whoever answers for it, and nothing of what it is."""

from datetime import datetime

from sightline.sharing.sending import mail_that_it_waits
from sightline.vault.alarms import those_who_answer
from sightline.vault.models import Alarm


def mail_alarm(alarm_id: int, *, now: datetime) -> bool:
    """Tell whoever answers for an alarm that it waits, once, unless somebody has seen it.

    Returns whether e-mails were sent. Raises NotDelivered where the mail server took none; a crash
    on the way may send the same e-mail twice.
    """
    alarm = Alarm.objects.get(pk=alarm_id)
    if alarm.mailed_at is not None or alarm.seen_at is not None:
        return False
    people = those_who_answer(alarm)
    mail_that_it_waits(f"alarm-{alarm.pk}", people, "vault-alarms")
    Alarm.objects.filter(pk=alarm.pk).update(mailed_at=now)
    return bool(people)
