"""The Jinja2 environment: where templates come from and what every page may call."""

from collections.abc import MutableMapping
from typing import Any

import jinja2
from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse

from sightline.common import components, listing, words
from sightline.common.clock import local_date, now
from sightline.common.navigation import navigation
from sightline.rules.access.rules_file import rules_on


def as_it_is(text: str, *_how: Any) -> str:
    """Leave a text alone."""
    return text


class ComponentLoader(jinja2.PackageLoader):
    """Loads the GOV.UK macros in an environment of their own.

    They read parameters that nobody gave, so a missing name is nothing there; in our own pages it
    fails loudly. They also indent what they are given, which would add spaces to every line of a
    text box inside a fieldset, each time the page comes back with an error; here they do not.
    """

    lenient: jinja2.Environment | None = None

    def load(
        self,
        environment: jinja2.Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,
    ) -> jinja2.Template:
        if self.lenient is None:
            self.lenient = environment.overlay(undefined=jinja2.ChainableUndefined)
            self.lenient.filters = environment.filters | {"indent": as_it_is}
        return super().load(self.lenient, name, globals)


def nonce(request: HttpRequest) -> str:
    """Return the nonce that lets the one inline script of the page run, or "" without one."""
    return str(getattr(request, "csp_nonce", ""))


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """Return the address of a named page."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def idle_minutes() -> int:
    """Return after how many minutes without a click the screen is locked."""
    return int(rules_on(local_date(now())).sessions.idle.total_seconds()) // 60


def loader(ours: jinja2.BaseLoader) -> jinja2.BaseLoader:
    """Return a loader of our templates and, under their package's name, the GOV.UK macros."""
    package = "govuk_frontend_jinja"
    return jinja2.ChoiceLoader([jinja2.PrefixLoader({package: ComponentLoader(package)}), ours])


def environment(**options: Any) -> jinja2.Environment:
    """Return the environment; `options` are what Django's Jinja2 backend passes."""
    options["loader"] = loader(options["loader"])
    options["undefined"] = jinja2.StrictUndefined
    made = jinja2.Environment(**options)  # noqa: S701  Django passes autoescape
    made.globals.update(
        static=static,
        url=url,
        nonce=nonce,
        navigation=navigation,
        messages=get_messages,
        component=components.component,
        error_list=components.error_list,
        tag_class=listing.tag_class,
        page_links=listing.page_links,
        partnership=settings.PARTNERSHIP,
        leave_to=settings.LEAVE_TO,
        idle_minutes=idle_minutes,
        second_factor_off=not settings.SECOND_FACTOR,
    )
    made.filters.update(
        day=words.day,
        short_day=words.short_day,
        clock_time=words.clock_time,
        moment=words.moment,
        plural=words.plural,
        lasting=words.lasting,
    )
    return made
