"""May this user do this? (What of a person they may see: sightline/sharing/queries.py.)"""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from sightline.access.models import User
from sightline.access.roles import Perm

View = Callable[..., HttpResponse]


def require(user: Any, *perms: Perm) -> User:
    """Return the user, or raise PermissionDenied unless they hold one of `perms`."""
    if not isinstance(user, User) or not user.perms.intersection(perms):
        raise PermissionDenied
    return user


def user_of(request: HttpRequest) -> User:
    """Return who is signed in, in a view marked with `page`, which has made sure of it."""
    return cast(User, request.user)


def page(*perms: Perm) -> Callable[[View], View]:
    """Mark a view as open to signed-in users with one of `perms`. tests/policy walks these."""

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            require(request.user, *perms)
            return view(request, *args, **kwargs)

        guarded.perms = perms  # type: ignore[attr-defined]
        return guarded

    return mark
