"""The list of phrases for the browser, which looks through it while somebody writes."""

from django.http import HttpRequest, JsonResponse

from sightline.common.clock import local_date, now
from sightline.rules.wording import phrases_on
from sightline.rules.wording.checking import QUOTED

AN_HOUR = 3600


def wording(request: HttpRequest) -> JsonResponse:
    """Return the list in force today: nothing that anybody wrote, and so it may be kept."""
    phrases = phrases_on(local_date(now()))
    listed = [
        {"pattern": one.pattern, "why": one.why, "instead": one.instead}
        for one in (phrases.phrases if phrases else ())
    ]
    response = JsonResponse({"quoted": QUOTED, "phrases": listed})
    response["Cache-Control"] = f"private, max-age={AN_HOUR}"
    return response
