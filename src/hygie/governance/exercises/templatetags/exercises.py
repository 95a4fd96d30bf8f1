"""Which words of an exercise may its templates use?"""

from django import template
from django.utils.translation import get_language

from hygie.governance.exercises.models import Exercise
from hygie.governance.exercises.tables import kind_words
from hygie.governance.exercises.times import moment_written

register = template.Library()


@register.filter
def moment(second: int) -> str:
    """A second of the scenario as people write it."""
    return moment_written(second)


@register.filter
def model_kind(model: Exercise) -> str:
    """For which kind of establishment a model is."""
    return kind_words(model, (get_language() or "fr")[:2])
