"""Entry point of the web process."""

import os

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application


def ready() -> WSGIHandler:
    """Return the application. What pages would wait for is done before the processes divide."""
    made = get_wsgi_application()
    from sightline.insight import catalogue

    catalogue.translate()
    return made


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sightline.config.settings")
application = ready()
