"""What may a template ask about a place?"""

from django import template

from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import depth_at
from hygie.territory.perimeter import Depth, Perimeter

register = template.Library()


@register.filter
def sees_detail(place: Organisation, perimeter: Perimeter) -> bool:
    """`{% if place|sees_detail:request.perimeter %}`: proofs, actions and reasons may be shown."""
    return depth_at(perimeter, place) >= Depth.DETAIL
