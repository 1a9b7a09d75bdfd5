"""From a Django form's field to the parameters of the component that shows it.

Templates call these through macros/form.html and macros/page.html and hold no logic of their own.
Values and labels travel as text, so that they are escaped where they are written.
"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms import Field
from django.forms.boundfield import BoundField
from django.forms.widgets import Input

from sightline.common.fields import DayInput
from sightline.common.navigation import address_of

Params = dict[str, Any]


def component(bound: BoundField, **options: Any) -> Params:
    """Return {"name": component, "params": ...} for a field as it stands in its form.

    Options: `label`, `label_size` ("s", "m", "l"), `heading` (the label is the page's heading),
    `hint`, `width` (characters), `inline`, `small` (default true), `rows`, `hints` and
    `conditional` by choice value (`conditional` is markup), `say_optional` (default true),
    `wording` (default true: a textarea is watched for words that make the victim responsible;
    false where somebody is quoted).
    """
    for widget_class, (name, specific) in _BY_WIDGET.items():
        if isinstance(bound.field.widget, widget_class):
            return {"name": name, "params": _shared(bound, options) | specific(bound, options)}
    raise TypeError(f"no component for {type(bound.field.widget).__name__}")


def _shared(bound: BoundField, options: Params) -> Params:
    params: Params = {"id": bound.auto_id, "idPrefix": bound.auto_id, "name": bound.html_name}
    params["disabled"] = bound.field.disabled
    if hint := options.get("hint", bound.help_text):
        params["hint"] = {"text": hint}
    if messages := _messages(bound):
        params["errorMessage"] = {"text": messages[0]}
    return params


def _messages(bound: BoundField) -> list[str]:
    """Return what is wrong with a field; the library's "This field is required" names the field."""
    nameless = Field.default_error_messages["required"]
    ticked = isinstance(bound.field.widget, forms.CheckboxInput)
    what = "must be ticked" if ticked else "needs an answer"
    return [
        f"“{bound.label}” {what}" if message == nameless else str(message)
        for message in bound.errors
    ]


def _words(bound: BoundField, options: Params) -> str:
    label = str(options.get("label", bound.label))
    optional = not bound.field.required and options.get("say_optional", True)
    return f"{label} (optional)" if optional else label


def _label(bound: BoundField, options: Params, kind: str = "govuk-label") -> Params:
    size = options.get("label_size", "s")
    return {
        "text": _words(bound, options),
        "classes": f"{kind}--{size}",
        "isPageHeading": options.get("heading", False),
    }


def _legend(bound: BoundField, options: Params) -> Params:
    return {"fieldset": {"legend": _label(bound, options, "govuk-fieldset__legend")}}


def _text(bound: BoundField, options: Params) -> Params:
    widget = bound.field.widget
    attrs = dict(widget.attrs)
    # A browser cuts what is pasted at these, without a word; the form says so instead.
    for silent in ("maxlength", "minlength"):
        attrs.pop(silent, None)
    named = {key: attrs.pop(key, None) for key in ("autocomplete", "inputmode")}
    shown = widget.format_value(bound.value())
    return named | {
        "label": _label(bound, options),
        "value": "" if shown is None else shown,
        "type": getattr(widget, "input_type", None),
        "classes": f"govuk-input--width-{options['width']}" if "width" in options else "",
        "attributes": attrs,
    }


def _password(bound: BoundField, options: Params) -> Params:
    """A password is never sent back to the page it came from."""
    return _text(bound, options) | {"value": ""}


def _textarea(bound: BoundField, options: Params) -> Params:
    watched = address_of("wording") if options.get("wording", True) else None
    attributes = {"data-wording": watched} if watched else {}
    return _text(bound, options) | {
        "classes": "", "rows": options.get("rows", 5), "attributes": attributes
    }  # fmt: skip


def _file(bound: BoundField, options: Params) -> Params:
    return {"label": _label(bound, options), "attributes": dict(bound.field.widget.attrs)}


def _chosen(bound: BoundField) -> set[str]:
    value = bound.value()
    if value is None:
        return set()
    return {str(each) for each in value} if isinstance(value, list | tuple | set) else {str(value)}


def _items(bound: BoundField, options: Params) -> list[Params]:
    chosen = _chosen(bound)
    offered = [(str(value), str(text)) for value, text in bound.field.widget.choices if str(value)]
    return [
        _item(value, text, chosen, options)
        | {"disabled": bound.field.disabled, "attributes": _keys(number, options)}
        for number, (value, text) in enumerate(offered, start=1)
    ]


def _keys(number: int, options: Params) -> Params:
    """The key that chooses an item, where items are numbered, and what is then gone on with."""
    if not options.get("numbered") or number > 9:
        return {}
    first = {"autofocus": "autofocus"} if number == 1 and options.get("starts") else {}
    return {"data-key": str(number), "data-then": options.get("then", ""), **first}


def _item(value: str, text: str, chosen: set[str], options: Params) -> Params:
    item: Params = {"value": value, "text": text, "checked": value in chosen}
    if hint := options.get("hints", {}).get(value):
        item["hint"] = {"text": hint}
    if more := options.get("conditional", {}).get(value):
        item["conditional"] = {"html": more}
    return item


def _choices(kind: str) -> Any:
    def specific(bound: BoundField, options: Params) -> Params:
        ways = {"inline": options.get("inline", False), "small": options.get("small", True)}
        wanted = [f"govuk-{kind}--{way}" for way, is_wanted in ways.items() if is_wanted]
        wanted += ["app-numbered"] if options.get("numbered") else []
        items = _items(bound, options)
        return {"items": items, "classes": " ".join(wanted), **_legend(bound, options)}

    return specific


def _tick(bound: BoundField, options: Params) -> Params:
    label = str(options.get("label", bound.label))
    value = bound.value()
    item = {"value": "on", "text": label, "checked": bool(value) and value != "False"}
    return {"items": [item], "classes": "govuk-checkboxes--small"}


def _select(bound: BoundField, options: Params) -> Params:
    chosen = _chosen(bound)
    items = [
        {"value": str(value), "text": str(text), "selected": str(value) in chosen}
        for value, text in bound.field.widget.choices
    ]
    return {"items": items, "label": _label(bound, options)}


def _day(bound: BoundField, options: Params) -> Params:
    widget: DayInput = bound.field.widget
    written, wrong = widget.written(bound.value()), _wrong_parts(bound, widget.parts)
    items = [
        {
            "name": part,
            "label": part.capitalize(),
            "value": getattr(written, part),
            "classes": _box(part, part in wrong),
            "inputmode": "text" if part == "time" else "numeric",
        }
        for part in widget.parts
    ]
    return {"items": items, "namePrefix": bound.html_name, **_legend(bound, options)}


def _box(part: str, wrong: bool) -> str:
    width = {"day": 2, "month": 2, "year": 4, "time": 5}[part]
    return f"govuk-input--width-{width}" + (" govuk-input--error" if wrong else "")


def _wrong_parts(bound: BoundField, parts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the parts that the field's error is about: one when it names it, else all."""
    if not bound.errors:
        return ()
    codes = [error.code for error in bound.errors.as_data()]
    return tuple(part for part in parts if part in codes) or parts


# In this order: a more particular widget before the one it is made from.
_BY_WIDGET: dict[type[forms.Widget], tuple[str, Any]] = {
    DayInput: ("date", _day),
    forms.CheckboxSelectMultiple: ("checkboxes", _choices("checkboxes")),
    forms.RadioSelect: ("radios", _choices("radios")),
    forms.Select: ("select", _select),
    forms.CheckboxInput: ("checkboxes", _tick),
    forms.Textarea: ("textarea", _textarea),
    forms.FileInput: ("file", _file),
    forms.PasswordInput: ("password", _password),
    Input: ("input", _text),
}


def error_list(*wrong: forms.BaseForm) -> list[Params]:
    """Return every error of these forms as a link to its field, in the order of the fields."""
    return [link for form in wrong for link in _errors_of(form)]


def _errors_of(form: forms.BaseForm) -> Iterable[Params]:
    for message in form.non_field_errors():
        yield {"text": str(message)}
    for bound in form:
        for message in _messages(bound):
            yield {"text": message, "href": f"#{_target(bound)}"}


def _target(bound: BoundField) -> str:
    widget = bound.field.widget
    if isinstance(widget, DayInput):
        return f"{bound.auto_id}-{_wrong_parts(bound, widget.parts)[0]}"
    return bound.auto_id
