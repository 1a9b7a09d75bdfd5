"""Pages are valid HTML. Journeys check the pages behind the sign-in as they pass them."""

from tests.common.test_macros import FORM, Child, render
from tests.html import problems

PAGES = {
    "sign-in": "/sign-in/", "first": "/sign-in/first/", "about": "/about",
    "accessibility": "/accessibility",
    "not-found": "/no-such-page",
}  # fmt: skip
WHOLE = (
    FORM + '<!DOCTYPE html><html lang="en"><head><title>T</title></head><body>'
    "{{ error_summary(form) }}<form>{{ fields(form) }}{{ submit('Save') }}</form>"
    "</body></html>"
)


def test_the_pages_open_to_everybody_are_valid(client):
    assert problems({name: client.get(to).content.decode() for name, to in PAGES.items()}) == ""


def test_every_kind_of_field_is_valid_with_and_without_errors():
    wrong = Child({"name": "", "born-day": "40", "there": "yes"})
    pages = {"empty": render(WHOLE, form=Child()), "wrong": render(WHOLE, form=wrong)}
    assert problems(pages) == ""


def test_a_page_that_is_not_valid_is_found():
    page = '<!DOCTYPE html><html lang="en"><head><title>T</title></head><body><p id="a"></p>'
    assert "Duplicate ID" in problems({"twice": page + '<p id="a"></p></body></html>'})
