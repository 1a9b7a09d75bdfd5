"""Every macro, rendered as a page would."""

from datetime import date

import jinja2
import pytest
from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import engines
from markupsafe import Markup

from sightline.common.fields import DayField, MomentField

FORM = '{% from "macros/form.html" import error_summary, field, fields, submit %}'
PAGE = (
    '{% from "macros/page.html" import counted, empty, pagination, summary, table, tag, timeline %}'
)
ANSWERS = [("yes", "Yes"), ("no", "No"), ("not_asked", "Not asked")]


class Child(forms.Form):
    name = forms.CharField(label="First name", help_text="As at school", max_length=40)
    born = DayField(called="date of birth", label="Date of birth")
    told = MomentField(called="call", label="When?", required=False)
    words = forms.CharField(label="The child's words", widget=forms.Textarea, required=False)
    there = forms.ChoiceField(label="In the room?", choices=ANSWERS, widget=forms.RadioSelect)
    who = forms.MultipleChoiceField(
        label="Who knows?", choices=ANSWERS, widget=forms.CheckboxSelectMultiple, required=False
    )
    agency = forms.ChoiceField(label="Agency", choices=[("", "Choose one"), ("p", "Police")])
    sure = forms.BooleanField(label="I have read the history")
    secret = forms.CharField(label="Password", widget=forms.PasswordInput, required=False)
    file = forms.FileField(label="File", required=False)
    key = forms.CharField(widget=forms.HiddenInput, required=False)


def render(source: str, **context: object) -> str:
    html: str = engines["jinja2"].from_string(source).render(context)
    return html


def one(name: str, form: forms.Form | None = None, options: str = "") -> str:
    return render(FORM + '{{ field(form["' + name + '"]' + options + ") }}", form=form or Child())


def test_a_form_shows_each_field_with_its_label_and_the_hidden_ones():
    html = render(FORM + "{{ fields(form) }}", form=Child())
    for name in ("name", "words", "agency", "secret", "file"):
        assert f'for="id_{name}"' in html
        assert f'name="{name}"' in html
    for part in ("born-day", "born-year", "told-month", "told-time"):
        assert f'name="{part}"' in html
    assert 'type="hidden" name="key"' in html


def test_no_answer_is_chosen_beforehand():
    html = render(FORM + "{{ fields(form) }}", form=Child())
    assert " checked" not in html
    assert " selected" not in html


def test_an_answer_that_was_given_stays_chosen():
    form = Child({"there": "no", "who": ["yes", "not_asked"], "agency": "p", "sure": "on"})
    assert one("there", form).count(" checked") == 1
    assert 'value="no" checked' in " ".join(one("there", form).split())
    assert one("who", form).count(" checked") == 2
    assert one("agency", form).count(" selected") == 1
    assert one("sure", form).count(" checked") == 1


def test_a_field_that_may_stay_empty_says_so_unless_told_not_to():
    assert "The child&#39;s words (optional)" in one("words")
    assert "(optional)" not in one("words", options=", say_optional=false")
    assert "(optional)" not in one("name")


def test_a_hint_is_tied_to_its_field():
    html = one("name")
    assert 'id="id_name-hint"' in html
    assert 'aria-describedby="id_name-hint"' in html


def test_nothing_cuts_what_is_pasted_without_a_word():
    assert "maxlength" not in one("name")


def test_an_error_is_shown_at_its_field_and_linked_from_the_top():
    form = Child({"name": ""})
    assert "“First name” needs an answer" in one("name", form)
    summary = render(FORM + "{{ error_summary(form) }}", form=form)
    assert "There is a problem" in summary
    for target in ("#id_name", "#id_born-day", "#id_there", "#id_sure"):
        assert f'href="{target}"' in summary
    assert "“I have read the history” must be ticked" in summary


def test_the_link_of_a_wrong_day_leads_to_the_wrong_box_and_marks_only_that():
    form = Child({"born-day": "3", "born-month": "5", "born-year": "17"})
    assert 'href="#id_born-year"' in render(FORM + "{{ error_summary(form) }}", form=form)
    html = one("born", form)
    assert html.count("govuk-input--error") == 1
    assert 'value="17"' in html


def test_errors_of_several_forms_stand_in_one_list():
    both = {"a": Child({}, prefix="a"), "b": Child({}, prefix="b")}
    summary = render(FORM + "{{ error_summary(a, b) }}", **both)
    assert summary.count("There is a problem") == 1
    assert 'href="#id_a-name"' in summary
    assert 'href="#id_b-name"' in summary


def test_a_form_without_errors_has_no_summary():
    assert render(FORM + "{{ error_summary(form) }}", form=Child()).strip() == ""


def test_a_stored_day_fills_its_boxes():
    html = one("born", Child(initial={"born": date(2017, 5, 9)}))
    assert 'value="9"' in html
    assert 'value="5"' in html
    assert 'value="2017"' in html


def test_an_answer_can_ask_for_more():
    html = render(
        FORM
        + '{% set why %}{{ field(form["words"]) }}{% endset %}'
        + '{{ field(form["there"], conditional={"no": why}, hints={"yes": "Seen or heard"}) }}',
        form=Child({"there": "no", "words": "one\n two\nthree"}),
    )
    assert "Seen or heard" in html
    assert "conditional-id_there-2" in html
    # A text box keeps its lines as they were written, wherever it stands.
    assert ">one\n two\nthree</textarea>" in html


def test_what_people_write_is_never_markup():
    bad = "<script>alert(1)</script>"
    html = render(FORM + "{{ fields(form) }}", form=Child({"name": bad, "words": bad}))
    html += render(PAGE + '{{ summary([["k", v]]) }}{{ tag(v) }}', v=bad)
    html += render(PAGE + "{{ table(v, [v], [[v]]) }}{{ empty(v) }}{{ counted(1, v) }}", v=bad)
    html += render(
        PAGE + '{{ timeline([{"title": v, "when": v, "machine": v, "body": v}]) }}', v=bad
    )
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_a_widget_without_a_component_fails_loudly():
    class Odd(forms.Form):
        odd = forms.SplitDateTimeField()

    with pytest.raises(TypeError, match="SplitDateTimeWidget"):
        one("odd", Odd())


def test_a_name_that_a_page_forgot_fails_loudly():
    with pytest.raises(jinja2.UndefinedError):
        render("{{ nobody_gave_this }}")


def test_a_button_ignores_the_second_click():
    assert 'data-prevent-double-click="true"' in render(FORM + '{{ submit("Save") }}')


def test_a_list_says_how_many_in_which_order_and_what_is_held_back():
    html = render(
        PAGE
        + '{{ counted(14, "family", "families", "longest waiting first", "2 are held back.") }}'
    )
    assert " ".join(html.split()) == (
        '<p class="govuk-body app-counted"> <strong>14 families</strong>, longest waiting first.'
        " 2 are held back. </p>"
    )


def test_a_table_has_a_caption_and_headings_for_columns_and_rows():
    html = render(
        PAGE + '{{ table("Families", ["Place", {"text": "Children", "numeric": true}], rows) }}',
        rows=[["Brook Lane", 2]],
    )
    assert "Families</caption>" in html
    assert html.count('scope="col"') == 2
    assert '<th scope="row" class="govuk-table__header">Brook Lane</th>' in html
    assert '<td class="govuk-table__cell govuk-table__cell--numeric">2</td>' in html


def test_a_table_takes_rows_that_the_page_writes():
    html = render(PAGE + '{% call table("T", ["A"]) %}<tr id="mine"></tr>{% endcall %}')
    assert '<tr id="mine">' in html


def test_a_summary_links_to_where_a_fact_is_changed():
    html = render(
        PAGE
        + '{{ summary([["School", v, {"text": "Change", "href": "/s", "hidden": "it"}]], "L") }}',
        v=Markup("<b>Hill</b>"),
    )
    assert "<b>Hill</b>" in html
    assert 'href="/s"' in html
    assert "govuk-summary-card" in html


def test_every_kind_of_tag_has_a_colour_and_a_word_and_an_unknown_one_fails():
    for kind in ("late", "due", "waiting", "going", "done", "restricted", "plain"):
        assert "Word</strong>" in render(PAGE + '{{ tag("Word", "' + kind + '") }}')
    with pytest.raises(KeyError):
        render(PAGE + '{{ tag("Word", "unheard-of") }}')


def test_pages_of_a_list_keep_the_rest_of_the_address():
    pages = Paginator(range(100), 10)
    source = PAGE + "{{ pagination(page, query) }}"
    html = render(source, page=pages.page(3), query=QueryDict("sort=oldest&page=3"))
    assert 'href="?sort=oldest&amp;page=4"' in html
    assert html.count('aria-current="page"') == 1
    assert render(source, page=Paginator([], 10).page(1), query=QueryDict()).strip() == ""


def test_a_timeline_shows_when_who_said_so_and_what():
    html = render(
        PAGE + "{{ timeline(items) }}",
        items=[
            {"title": "Attended", "when": "22 Nov", "machine": "2026-11-22", "source": "Police"},
            {"title": "Agreed", "when": "23 Nov", "machine": "2026-11-23", "body": "Early help"},
        ],
    )
    assert '<time datetime="2026-11-22">22 Nov</time>' in html
    assert "Police" in html
    assert "Early help" in html


def test_an_empty_page_says_what_it_is_for_and_where_to_go():
    html = render(PAGE + '{{ empty("For actions.", "See", "/w", "the worklist") }}')
    assert "Nothing here." in html
    assert 'href="/w"' in html
