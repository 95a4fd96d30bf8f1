"""Which words and drawings do the pages of the play use?"""

import datetime as dt

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString

from hygie.foundation.design.components.icons import icon
from hygie.governance.exercises.choices import Channel
from hygie.governance.exercises.pages.board import channel_icon
from hygie.governance.exercises.pages.clock import scenario_words
from hygie.governance.exercises.times import moment_written

register = template.Library()


@register.filter
def face(second: int) -> str:
    """A second of the scenario as a clock shows it."""
    return scenario_words(second)


@register.filter
def moment_of_second(second: float) -> str:
    """A second that may have a fraction, as people write it."""
    return moment_written(int(second))


@register.filter
def clock_time(at: dt.datetime) -> str:
    """The local hour of an instant, with its seconds."""
    return timezone.localtime(at).strftime("%H:%M:%S")


@register.filter
def instant_ms(at: dt.datetime) -> str:
    """An instant for a script, in milliseconds."""
    return str(int(at.timestamp() * 1000))


@register.filter
def raw(value: object) -> str:
    """A number for a script or a form, whatever the language."""
    return str(value)


@register.simple_tag
def channel_mark(channel: str) -> SafeString:
    """The drawing of a channel, with its name for who does not see it."""
    return icon(channel_icon(channel), label=str(Channel(channel).label))
