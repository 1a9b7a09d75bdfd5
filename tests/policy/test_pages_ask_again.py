"""Whatever leaves as a file, and what is dangerous, first asks who one is."""

import inspect

import pytest

from tests.policy.walk import Page, pages

EXPORTS = ("csv_response", "xlsx_response", "workbook_response", "RESPONSES")
DANGEROUS = {
    "audit-reads", "disclosures", "user", "user-new", "your-sign-in", "your-password",
    "closed-case", "safe-contact", "safe-agency", "emergency-new", "emergency", "restrictions",
    "evaluation", "figure-metadata", "figure-publish",
    "restriction-new", "restriction", "restriction-end", "sharing-row", "sharing-row-new",
}  # fmt: skip


def asks_again(page: Page) -> bool:
    return getattr(page.view, "asks_again", False)


def exports() -> list[Page]:
    return [
        page
        for page in pages()
        if inspect.isfunction(page.view)
        and any(name in inspect.getsource(inspect.unwrap(page.view)) for name in EXPORTS)
    ]


def test_there_are_exports_to_look_at():
    assert {"figure-csv", "import-refused"} <= {page.name for page in exports()}


@pytest.mark.parametrize("page", exports(), ids=lambda page: page.name)
def test_every_export_asks_again(page: Page):
    assert asks_again(page), f"{page.path}: mark it with accounts.sessions.recently_signed_in"


@pytest.mark.parametrize("page", [p for p in pages() if p.name in DANGEROUS], ids=lambda p: p.name)
def test_what_is_dangerous_asks_again(page: Page):
    assert asks_again(page)
