"""Changing the key: all is sealed and marked anew. What was retired is kept for old backups."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.db import transaction

from sightline.vault.entries import bound, marked, signs_of, unsealed
from sightline.vault.keys import Key, new_line, ring
from sightline.vault.models import Entry, Print, SafeAddress, SafeContact, SealedBody

Sealed = type[Entry] | type[SealedBody]
SEALED: tuple[Sealed, ...] = (SafeContact, SafeAddress, SealedBody)


def keys_in_use() -> Counter[str]:
    """Return the ids of the keys that something is sealed with, and how much is."""
    return Counter(
        key for model in SEALED
        for key in model._default_manager.values_list("sealed_with", flat=True)
    )  # fmt: skip


def missing_keys() -> list[str]:
    """Return the ids of keys that something is sealed with and that we do not have."""
    return sorted(keys_in_use().keys() - {key.id for key in ring().keys})


def add_key(path: Path) -> None:
    """Put a new key before the others: from now on it is the one in use, in every process."""
    _write(path, f"{new_line()}\n{path.read_text() if path.exists() else ''}")


def retire(path: Path, today: date) -> None:
    """Mark every key but the one in use as retired; they stay in the file for old backups."""
    lines = path.read_text().splitlines()
    live = [line for line in lines if line.strip() and not line.startswith("#")]
    kept = [line if line not in live[1:] else f"# retired {today}: {line}" for line in lines]
    _write(path, "\n".join(kept) + "\n")


def _write(path: Path, text: str) -> None:
    """Replace the file whole, readable by its owner only."""
    new = path.with_suffix(".new")
    new.touch(mode=0o600)
    new.write_text(text)
    new.replace(path)


def reseal() -> int:
    """Seal with the key in use whatever is sealed with another. Returns how much that was.

    Record by record, each in its own transaction: it may be stopped and run again, beside pages
    that are being looked at. Raises NoKey for a key that we do not have.
    """
    current = ring().current
    return sum(1 for pk, model in _old(current) if _resealed(model, pk, current))


def _old(current: Key) -> Iterator[tuple[int, Sealed]]:
    for model in SEALED:
        old = model._default_manager.exclude(sealed_with=current.id).order_by("pk")
        for pk in list(old.values_list("pk", flat=True)):
            yield pk, model


@transaction.atomic
def _resealed(model: Sealed, pk: int, current: Key) -> bool:
    record = model._default_manager.select_for_update().get(pk=pk)
    old = ring().called(record.sealed_with)
    if old.id == current.id:
        return False
    to = bound(record) if isinstance(record, Entry) else f"body:{record.receipt}"
    if isinstance(record, Entry):
        _mark_anew(record, old, current)
    record.sealed = current.seal(old.unseal(bytes(record.sealed), to), to)
    record.sealed_with = current.id
    record.save(update_fields=["sealed", "sealed_with"])
    return True


def _mark_anew(entry: Entry, old: Key, current: Key) -> None:
    about = {"address" if isinstance(entry, SafeAddress) else "contact": entry}
    for sign in signs_of(unsealed(entry)):
        Print.objects.filter(**about, digest=marked(sign, old)).update(
            digest=marked(sign, current), marked_with=current.id
        )
