"""A field ties its label, its help and its mistake to its input."""

import re

from django import forms

from hygie.foundation.design.samples import SampleForm


def test_help_and_mistake_describe_the_input() -> None:
    html = str(SampleForm({"name": ""}))
    tag = re.search(r'<input type="text" name="name"[^>]*>', html)
    assert tag is not None
    assert 'aria-describedby="id_name_helptext id_name_error"' in tag[0]
    assert 'aria-invalid="true"' in tag[0]
    assert 'id="id_name_error"' in html
    assert 'id="id_name_helptext"' in html


def test_optional_is_said_and_required_is_not() -> None:
    html = str(SampleForm())
    assert html.count("facultatif") == 3
    assert "required" in html


def test_each_kind_of_input_takes_its_look() -> None:
    html = str(SampleForm())
    assert 'class="form-control"' in html
    assert 'class="form-select"' in html
    assert 'class="form-check-input"' in html
    assert 'class="hy-choices"' in html


def test_the_class_of_a_widget_is_kept() -> None:
    class Wide(forms.Form):
        name = forms.CharField(widget=forms.TextInput(attrs={"class": "wide"}))

    assert 'class="wide form-control"' in str(Wide())


def test_a_mistake_of_the_whole_form_is_announced() -> None:
    class Never(forms.Form):
        def clean(self) -> None:
            raise forms.ValidationError("Rien ne va.")

    html = str(Never({}))
    assert 'role="alert"' in html
    assert "Rien ne va." in html


def test_a_hidden_field_brings_no_label() -> None:
    class Carrying(forms.Form):
        token = forms.CharField(widget=forms.HiddenInput())

    html = str(Carrying(initial={"token": "x"}))
    assert "<label" not in html
    assert 'value="x"' in html
