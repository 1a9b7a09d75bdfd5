"""With what somebody works a page: a mouse, or a keyboard and nothing else."""

from typing import Protocol

from playwright.sync_api import Locator, Page

FURTHEST = 200  # presses of Tab until we say that something cannot be reached


class Hands(Protocol):
    """What can be done to a control."""

    def arrive(self, page: Page) -> None: ...
    def press(self, control: Locator) -> None: ...
    def write(self, control: Locator, words: str) -> None: ...
    def choose(self, control: Locator) -> None: ...
    def select(self, control: Locator, option: str) -> None: ...


class Mouse:
    """Points and clicks."""

    def arrive(self, page: Page) -> None:
        """A mouse needs nothing to begin with."""

    def press(self, control: Locator) -> None:
        control.click()

    def write(self, control: Locator, words: str) -> None:
        control.fill(words)

    def choose(self, control: Locator) -> None:
        control.check()

    def select(self, control: Locator, option: str) -> None:
        control.select_option(label=option)


# How a control and what belongs to it look; the focus of a radio is drawn on its label.
LOOKS = """
window.looksOf = control => {
  const drawn = [control, ...(control.labels || [])];
  return drawn.flatMap(each => ["", "::before", "::after"].map(part => {
    const s = getComputedStyle(each, part || null);
    return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.backgroundColor,
            s.borderColor, s.borderWidth, s.textDecorationThickness].join(" ");
  })).join("|");
};
window.looksBefore = new Map();
const controls = "a, button, input, select, textarea, summary, [tabindex]";
for (const control of document.querySelectorAll(controls))
  window.looksBefore.set(control, window.looksOf(control));
"""
FOCUS_SHOWS = """() => {
  const here = document.activeElement;
  return here === document.body || window.looksOf(here) !== window.looksBefore.get(here);
}"""


class Keyboard:
    """Tab, Enter, Space, arrows and letters. Everything that gets the focus has to show it."""

    def arrive(self, page: Page) -> None:
        """Remember how every control of the page looks before it has the focus."""
        page.evaluate(LOOKS)

    def press(self, control: Locator) -> None:
        self._tab_to(control)
        control.page.keyboard.press("Enter")

    def write(self, control: Locator, words: str) -> None:
        self._tab_to(control)
        control.page.keyboard.press("Control+A")
        control.page.keyboard.type(words)

    def choose(self, control: Locator) -> None:
        """Choose a radio: Tab leads to its group, the arrows to it. A checkbox has no arrows."""
        self._tab_to(control, or_its_group=True)
        for _ in range(FURTHEST):
            if control.is_checked():
                return
            control.page.keyboard.press("Space" if _has_focus(control) else "ArrowDown")
        raise AssertionError(f"the arrows do not lead to {control}")

    def select(self, control: Locator, option: str) -> None:
        self._tab_to(control)
        for _ in range(FURTHEST):
            if control.evaluate("e => e.selectedOptions[0]?.text.trim()") == option:
                return
            control.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrows do not lead to {option}")

    def _tab_to(self, control: Locator, *, or_its_group: bool = False) -> None:
        assert control.count() == 1, f"{control.count()} of {control}"
        page = control.page
        for _ in range(FURTHEST):
            if _has_focus(control) or (or_its_group and _group_has_focus(control)):
                return
            page.keyboard.press("Tab")
            focused = page.locator(":focus")
            assert page.evaluate(FOCUS_SHOWS), f"no focus to be seen: {_outer(focused)}"
        raise AssertionError(f"Tab does not lead to {control}")


def _has_focus(control: Locator) -> bool:
    return bool(control.evaluate("e => e === document.activeElement"))


def _group_has_focus(control: Locator) -> bool:
    same = "e => e.name && e.type === 'radio' && e.name === document.activeElement.name"
    return bool(control.evaluate(same))


def _outer(control: Locator) -> str:
    return str(control.evaluate("e => e.outerHTML.slice(0, 200)"))
