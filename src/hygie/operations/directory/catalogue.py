"""What does the platform say of a control point, in the reader's words?"""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hygie.engines.directory.catalogue import Catalogue, ControlPoint, Words
from hygie.engines.directory.published import published_catalogue


def catalogue() -> Catalogue:
    """The catalogue shipped with this version."""
    return published_catalogue()


def control_points() -> dict[str, ControlPoint]:
    """Every point by id, in the order of the catalogue."""
    return {point.id: point for point in catalogue().points}


def in_language(words: Words) -> str:
    """A text of the catalogue in the reader's language."""
    return words.en if (get_language() or "fr").startswith("en") else words.fr


def point_title(point: str) -> str:
    """Title of a point, or its identifier when this version does not know it."""
    found = control_points().get(point)
    return in_language(found.title) if found else _("point %(id)s") % {"id": point}
