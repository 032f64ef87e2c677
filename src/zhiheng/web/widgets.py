"""Form controls; `kind` tells the field component how to dress each."""

from datetime import date
from typing import Any

from django import forms

from zhiheng.web import words


class MoneyInput(forms.TextInput):
    """Money typed in yuan, kept in cents; shows cents as yuan when it comes from the record."""

    kind = "money"
    input_type = "text"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        """An int is cents; anything typed stays as typed."""
        if isinstance(value, int):
            return words.yuan(value).removesuffix(" 元")
        return super().format_value(value)


class DayInput(forms.DateInput):
    """The browser's own date control; an ISO date always."""

    kind = "date"
    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")

    def format_value(self, value: Any) -> str | None:
        """ISO for a date; what was typed otherwise."""
        return value.isoformat() if type(value) is date else super().format_value(value)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """A browser's date control drops what is no date; then it becomes a plain field that keeps it."""
        context = super().get_context(name, value, attrs)
        try:
            date.fromisoformat(context["widget"]["value"] or "2000-01-01")
        except ValueError:
            context["widget"]["type"] = "text"
        return context


class MomentInput(forms.DateTimeInput):
    """Date and time, to the minute, local."""

    kind = "date"
    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class PhotoInput(forms.FileInput):
    """A big target that opens the camera on a phone."""

    kind = "photo"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"accept": "image/*", "capture": "environment", **(attrs or {})})


class FilesInput(forms.FileInput):
    """Files to upload, one or several."""

    kind = "file"
    allow_multiple_selected = True

    def __init__(self, attrs: dict[str, Any] | None = None, *, multiple: bool = False) -> None:
        super().__init__({**({"multiple": True} if multiple else {}), **(attrs or {})})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """All chosen files when several are allowed, else the one."""
        if not self.attrs.get("multiple"):
            return files.get(name)
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class LinesInput(forms.Textarea):
    """Several entries, one a line."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 4, **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        """A list becomes lines."""
        return "\n".join(map(str, value)) if isinstance(value, list | tuple) else value


class _Closed:
    """Some choices are shown and cannot be taken; their labels say why. `closed` holds their values."""

    closed: frozenset[str] = frozenset()

    def create_option(self, name: str, value: Any, *args: Any, **more: Any) -> dict[str, Any]:
        """An option as Django makes it, disabled where it is closed."""
        option: dict[str, Any] = super().create_option(name, value, *args, **more)  # type: ignore[misc]
        if str(value) in self.closed:
            option["attrs"]["disabled"] = True
        return option


class ClosedSelect(_Closed, forms.Select):
    """A list of which some entries cannot be taken."""


class ClosedChecks(_Closed, forms.CheckboxSelectMultiple):
    """Boxes of which some cannot be ticked."""
