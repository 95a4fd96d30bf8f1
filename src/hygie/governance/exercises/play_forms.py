"""What may be written while an exercise is played?"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hygie.governance.exercises.choices import Channel, EntryKind
from hygie.governance.exercises.services.log import Written
from hygie.governance.exercises.services.play import Improvised


class ImproviseForm(forms.Form):
    """A row made up on the spot."""

    channel = forms.ChoiceField(label=_("Par"), choices=Channel.choices)
    sender = forms.CharField(label=_("De la part de"), max_length=200, required=False)
    body = forms.CharField(
        label=_("Message"), widget=forms.Textarea(attrs={"rows": 3}), max_length=8000
    )
    expected = forms.CharField(label=_("Réaction attendue"), required=False, max_length=2000)
    options = forms.CharField(
        label=_("Décisions possibles, une par ligne"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        max_length=2000,
    )
    cells = forms.MultipleChoiceField(
        label=_("Pour (aucune coche : toutes)"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, cells: Sequence[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["cells"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  # declared above
        field.choices = cells

    @property
    def made_up(self) -> Improvised:
        """What the service takes."""
        said = self.cleaned_data
        return Improvised(
            said["body"],
            said["channel"],
            said["sender"],
            [int(pk) for pk in said["cells"]],
            expected=said["expected"],
            options=[line.strip() for line in said["options"].splitlines() if line.strip()],
        )


class EntryForm(forms.Form):
    """A line of the crisis log."""

    kind = forms.ChoiceField(choices=EntryKind.choices)
    text = forms.CharField(max_length=8000)
    responsible = forms.CharField(required=False, max_length=120)
    due = forms.CharField(required=False, max_length=60)
    device_key = forms.CharField(required=False, max_length=64)
    corrects = forms.IntegerField(required=False, min_value=1)
    # "Whom one called", for the log of calls.
    who = forms.CharField(required=False, max_length=120)

    @property
    def written(self) -> Written:
        """What the service takes; a call begins with whom it was with."""
        said = self.cleaned_data
        text = said["text"]
        if said["who"]:
            text = _("Appel avec %(who)s : %(text)s") % {"who": said["who"], "text": text}
        return Written(said["kind"], text, said["responsible"], said["due"])
