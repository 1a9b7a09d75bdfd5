"""One page of questions about one child."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.common.clock import local_date, now
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.common.words import plural
from sightline.screening.commands import AnsweredMeanwhile, answer_items
from sightline.screening.forms import PartForm
from sightline.screening.models import Answer, Screening
from sightline.screening.notified import notified
from sightline.screening.own_words import questions_in, words_on
from sightline.screening.parts import Part, counts_of, part_called, worded
from sightline.screening.presenters import (
    address_after,
    child_words,
    counts_words,
    part_links,
    question_rows,
    sibling_links,
)
from sightline.screening.queries import answers_of, is_open
from sightline.screening.siblings import answer_as_sibling, said_of, siblings_of
from sightline.screening.sight import Opened, open_screening
from sightline.screening.wording import suggest_wording
from sightline.sharing.models import Item


@page(Perm.SCREEN)
def domain(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Show the questions of one area with what the record says; keep what was changed."""
    opened = open_screening(user_of(request), pk, item=Item.SCALE, page="screening", now=now())
    part = part_called(opened.screening.instrument, code)
    if part is None:
        raise Http404
    answers, closed = answers_of(opened.screening), not is_open(opened.screening)
    data = request.POST if request.method == "POST" else None
    words = words_on(opened.screening.instrument, local_date(now()))
    form = PartForm(worded(part, questions_in(words)), answers, closed=closed, data=data)
    siblings = siblings_of(opened)
    wanted = request.GET.get("beside")
    beside = next((one for one in siblings if str(one.screening.pk) == wanted), None)
    if form.is_valid() and _keep(request, opened.screening, form):
        if beside and request.POST.get("same"):
            _take_over(request, opened.screening, beside.screening)
            return redirect(request.get_full_path())
        return redirect(address_after(opened.screening, part))
    said = said_of(opened, beside, [question.id for question in part.questions]) if beside else {}
    context = _shown(opened, part, answers, form) | {
        "rows": question_rows(form, said),
        "beside": beside.person.given_name or beside.person.name if beside else "",
        "siblings": sibling_links(siblings, beside),
    }
    return render(request, "screening/domain.html", context)


def _take_over(request: HttpRequest, screening: Screening, sibling: Screening) -> None:
    item = request.POST["same"]
    try:
        answer_as_sibling(
            screening=screening, sibling=sibling, item=item, by=user_of(request), now=now()
        )
        messages.success(request, f"{item} answered for this child too, as you have looked at it.")
    except (NotUnderstood, WrongMoment) as refusal:
        messages.error(request, str(refusal))


def _keep(request: HttpRequest, screening: Screening, form: PartForm) -> bool:
    """Write down what was changed. Returns whether to go on to the next page."""
    answers, notes = form.changed()
    try:
        if answers:
            answer_items(
                screening=screening, answers=answers, notes=notes, seen=form.seen(),
                by=user_of(request), now=now(),
            )  # fmt: skip
            messages.success(request, f"Saved {plural(len(answers), 'answer')}.")
            suggest_wording(request, screening, **{f"{i} note": note for i, note in notes.items()})
    except NotUnderstood as refusal:
        for reason in refusal.reasons:
            form.add_error(None, reason)
        return False
    except AnsweredMeanwhile as other:
        for answer in other.answers:
            form.show_both(answer)
        return False
    except WrongMoment as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _shown(
    opened: Opened, part: Part, answers: dict[str, Answer], form: PartForm
) -> dict[str, object]:
    screening = opened.screening
    counts = counts_of(screening.instrument, answers)
    return {
        "screening": screening,
        "child": child_words(screening.mention, opened.child, local_date(now())),
        "part": part,
        "form": form,
        "parts": part_links(screening, answers, part),
        "counts": counts,
        "progress": counts_words(counts),
        "notified": notified(opened),
        "closed": form.closed,
    }
