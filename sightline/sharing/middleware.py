"""For whom the database is asked while a page is made: nobody yet, then whoever is signed in."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase

from sightline.access.models import User
from sightline.access.roles import Perm
from sightline.common.wall import Actor, Purpose, acting, acting_for
from sightline.sharing.readers import reader

FOR_ONE_PURPOSE = (
    (
        frozenset(
            {Perm.SEE_FIGURES, Perm.SEE_REVIEWERS, Perm.SEE_OWN_FIGURES, Perm.PUBLISH_FIGURES}
        ),
        Purpose.COUNTING,
    ),
    (frozenset({Perm.RESTRICT, Perm.SEE_AUDIT}), Purpose.AUDITING),
)
Answers = Callable[[HttpRequest], HttpResponseBase]


class NobodyYetMiddleware:
    """Around everything: until it is known who asks, only that can be looked up."""

    def __init__(self, get_response: Answers) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with acting(Actor(Purpose.SIGNING_IN)):
            return self.get_response(request)


class ForWhomMiddleware:
    """Behind what finds out who asks: pages are made for them."""

    def __init__(self, get_response: Answers) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        user = request.user
        if not isinstance(user, User):
            return self.get_response(request)
        who = reader(user)
        with acting(who):
            answer = self.get_response(request)
        if isinstance(answer, StreamingHttpResponse):
            answer.streaming_content = _made_for(who, iter(answer))
        return answer

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Pages for figures alone count, and nobody is shown on them; so by what others are for."""
        perms = frozenset(getattr(view, "perms", ()))
        purpose = next((one for allow, one in FOR_ONE_PURPOSE if perms and perms <= allow), None)
        if purpose is None or not isinstance(request.user, User):
            return None
        with acting_for(purpose):
            return view(request, *args, **kwargs)


def _made_for(who: Actor, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """What is still to be read when the view is over is read for the same user."""
    more = iter(chunks)
    while True:
        with acting(who):
            chunk = next(more, None)
        if chunk is None:
            return
        yield chunk
