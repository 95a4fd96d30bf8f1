"""How does a form look and speak? Label, help, mistake and mark, tied to their input."""

from typing import Any

from django.forms import BoundField, widgets
from django.forms.renderers import DjangoTemplates
from django.utils.functional import cached_property

# Most precise first: a Select is not a TextInput, a CheckboxInput is not an Input to type in.
_CLASSES: tuple[tuple[type[widgets.Widget], str], ...] = (
    (widgets.CheckboxInput, "form-check-input"),
    # Django writes the class of these on the group that holds them: their boxes are styled apart.
    (widgets.CheckboxSelectMultiple, "hy-choices"),
    (widgets.RadioSelect, "hy-choices"),
    (widgets.Select, "form-select"),
    (widgets.ClearableFileInput, "form-control"),
    (widgets.Textarea, "form-control"),
    (widgets.MultiWidget, "form-control"),
    (widgets.Input, "form-control"),
)


class HygieBoundField(BoundField):
    """A field that gives its input the class of its kind, and tells a checkbox from the rest."""

    @cached_property
    def is_check(self) -> bool:
        """One box, whose label stands after it."""
        return isinstance(self.field.widget, widgets.CheckboxInput)

    @cached_property
    def is_group(self) -> bool:
        """Several boxes or buttons under one legend."""
        return isinstance(self.field.widget, widgets.RadioSelect | widgets.CheckboxSelectMultiple)

    @cached_property
    def is_optional(self) -> bool:
        """An input that may stay empty, hence says so; a lone box never says it."""
        return not self.field.required and not self.is_check

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: widgets.Widget | None = None
    ) -> dict[str, Any]:
        """Django's own attributes (described by, invalid, required) and the class of the kind."""
        built = dict(super().build_widget_attrs(attrs, widget))
        used = widget or self.field.widget
        wanted = next((css for kind, css in _CLASSES if isinstance(used, kind)), "")
        own = str(used.attrs.get("class", "") or built.get("class", ""))
        mistake = "is-invalid" if self.errors else ""
        classes = " ".join(part for part in (own, wanted, mistake) if part)
        return {**built, "class": classes} if classes else built


class HygieFormRenderer(DjangoTemplates):
    """Renders every form of the platform; `{{ form }}` and `{% field form.name %}` agree."""

    form_template_name = "design/forms/form.html"
    field_template_name = "design/forms/field.html"
    formset_template_name = "design/forms/formset.html"
    bound_field_class = HygieBoundField
