"""Which words of the map may a template ask for?"""

from django import template

from hygie.territory.estate.words import called_at, subject_word

register = template.Library()
register.filter("subject_word", subject_word)
register.filter("called_at", called_at)
