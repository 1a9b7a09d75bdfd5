"""A letter to a sender: written once a month, told without content, read, and mending named."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from sightline.common.mail import NotDelivered
from sightline.intake.models import Refusal
from sightline.letters.advice import ADVICE, OTHERWISE, advice_on
from sightline.letters.commands import read_letter, write_letters
from sightline.letters.models import SenderLetter
from sightline.letters.sending import mail_letter
from tests.world import DANIEL, IVY, LEILA, MARIA, NOAH, SAM, notification

DECEMBER = datetime(2026, 12, 1, 5, 23, tzinfo=UTC)


@pytest.fixture
def november(world):
    """Two notifications of November after one of October, and one that could not be read."""
    world.earlier(40, "NM-0", IVY, DANIEL, NOAH)
    world.earlier(10, "NM-1", MARIA, DANIEL, LEILA)
    world.notify(notification("NM-2", MARIA, DANIEL, LEILA, SAM))
    Refusal.objects.create(
        sender=world.cast.police, channel="api", at=world.now, raw=b"?", reasons=["No."], digest="x"
    )
    return world


@pytest.fixture
def letter(november):
    (written,) = write_letters(DECEMBER)
    return written


@pytest.mark.django_db
def test_a_month_is_written_about_once(november):
    (letter,) = write_letters(DECEMBER)
    assert write_letters(DECEMBER + timedelta(days=3)) == []
    assert SenderLetter.objects.get() == letter
    this, before = letter.content["this"], letter.content["before"]
    assert (this["notifications"], before["notifications"]) == (2, 1)
    assert (this["children"], this["words"], this["asked"]) == (3, 2, 0)
    assert letter.content["refused"] == 1
    (worst,) = [one for one in letter.content["worst"] if one["reference"] == "NM-2"]
    assert "child 2: what the child said" in worst["missing"]
    first = letter.content["mend"][0]
    assert (first["asked"], first["missing"]) == (3, 1)
    assert first["compared"] == "Down 66.7 percentage points, which may be chance"


@pytest.mark.django_db
def test_the_e_mail_goes_once_and_says_nothing_and_is_read_once(letter, november, mailoutbox):
    with pytest.MonkeyPatch.context() as broken:
        broken.setattr("sightline.letters.sending.hand_over", lambda **mail: OSError())
        with pytest.raises(NotDelivered):
            mail_letter(letter.pk, now=DECEMBER)
    assert mail_letter(letter.pk, now=DECEMBER)
    assert not mail_letter(letter.pk, now=DECEMBER)
    (mail,) = mailoutbox
    assert mail.to == ["police@castlebrook.example"]
    assert f"/letters/{letter.pk}/" in mail.body
    assert not any(word in mail.body + mail.subject for word in ("Moreno", "NM-", "2 of 3", "per"))
    with pytest.raises(PermissionDenied):
        read_letter(letter=letter, by=november.user("administrator"), now=DECEMBER)
    for days in (0, 1):
        at = DECEMBER + timedelta(days=days)
        assert read_letter(letter=letter, by=november.user("police"), now=at).read_at == DECEMBER


@pytest.mark.django_db
def test_its_page_names_what_to_mend_and_nobody_and_is_for_its_sender(client, letter, november):
    police, page = november.user("police"), reverse("letter", args=[letter.pk])
    client.force_login(police)
    assert "November 2026" in client.get(reverse("letters")).text
    shown = client.get(page).text
    assert "Child: how the child seemed" in shown
    assert ADVICE["how the child seemed"] in shown
    for person in (MARIA, DANIEL, LEILA, SAM, IVY, NOAH):
        assert person["given_name"] not in shown
    read = client.post(page, follow=True).text
    assert "Noted as read." in read
    assert "We have read it" not in read
    police.agency = november.cast.agencies["refuge"]
    police.save(update_fields=["agency"])
    client.force_login(police)
    assert client.get(page).status_code == 404
    assert "No letter has been written yet" in client.get(reverse("letters")).text
    client.force_login(november.user("administrator"))  # the team reads all of them
    assert client.get(page).status_code == 200


@pytest.mark.django_db
def test_a_month_without_notifications_has_no_letter(world):
    assert write_letters(DECEMBER) == []


@pytest.mark.parametrize("field", ["child: what the child said", "victim: date of birth"])
def test_advice_is_by_what_is_missing_whoever_it_is_of(field):
    assert advice_on(field) == ADVICE[field.rpartition(": ")[2]]


def test_what_nobody_advised_on_is_asked_for_all_the_same():
    assert advice_on("a victim") == OTHERWISE
