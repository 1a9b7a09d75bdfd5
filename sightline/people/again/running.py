"""Looking at all links again, and switching to another model, as commands."""

from datetime import datetime

from django.db import transaction

from sightline.access.models import User
from sightline.audit.commands import record
from sightline.common.errors import WrongMoment
from sightline.people.again.applying import Applied, apply
from sightline.people.again.looking import Seen, look
from sightline.people.model_in_use import model_in_use
from sightline.people.models import LinkModel
from sightline.rules.linkage.model import Model, ModelProblem, parse


def look_again(*, now: datetime, however_much: bool = False) -> Applied:
    """Link whom nobody has linked, and set right what came of the order in which mentions came.

    Doing it again changes nothing. What humans have said holds. Raises TooMuchMoved, and writes
    nothing, where more would move than anybody expects.
    """
    model = model_in_use()
    return apply(look(model), model, now=now, however_much=however_much)


def try_model(text: str) -> Seen:
    """Return what another model would see, beside the links as they are. Nothing is changed.

    Raises ModelProblem where the text is none.
    """
    return look(_parsed(text), former_stands=True)


@transaction.atomic
def switch_model(*, text: str, because: str, by: User | None, now: datetime) -> Applied:
    """Use another model from now on, and link everybody as it says; a dated decision.

    Raises WrongMoment where it is in use already, or no reason is given.
    """
    model = _parsed(text)
    if not because.strip():
        raise WrongMoment("Say why this model is to be used. The reason stays in the record.")
    if LinkModel.objects.filter(version=model.version).exists():
        raise WrongMoment(
            f"A model called {model.version} is or was in use. Give the new one another version."
        )
    LinkModel.objects.filter(retired_at__isnull=True).update(retired_at=now)
    chosen = LinkModel.objects.create(
        version=model.version, digest=model.digest, content=text, because=because[:300],
        decided_at=now, decided_by=by,
    )  # fmt: skip
    record("link.model_switched", chosen, by=by, at=now, version=model.version)
    words = f"Model {model.version} took over: {because}"[:300]
    return apply(look(model, former_stands=True), model, now=now, however_much=True, because=words)


def _parsed(text: str) -> Model:
    try:
        return parse(text)
    except (KeyError, TypeError, ValueError) as problem:
        raise ModelProblem(
            f"This is no model that can be used ({problem}). Make one with `sightline link train`."
        ) from problem
