"""How is an organisation called, and found again by someone who types without accents?"""

import unicodedata

from django.utils.translation import gettext_lazy as _

_LONGEST_KEY = 700
# Stored as written: the name of a legal entity of which only the number is known.
PROVISIONAL_NAME = "EJ {code}"

ORIGIN_FINESS = "finess"
ORIGIN_GHT = "ght"
ORIGIN_SHEET = "activity"
ORIGINS = {
    ORIGIN_FINESS: _("extraction FINESS"),
    ORIGIN_GHT: _("feuille des GHT"),
    ORIGIN_SHEET: _("feuille d'activité"),
    "demo": _("données inventées"),
}


def plain(text: str) -> str:
    """Lower case, without accents, one space between words."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(text.casefold().replace("'", " ").replace("’", " ").replace("-", " ").split())


def search_key_of(code: str, name: str, long_name: str = "", town: str = "") -> str:
    """Everything an organisation may be searched by, in one text."""
    return plain(f"{code} {name} {long_name} {town}")[:_LONGEST_KEY]


def provisional_name(code: str) -> str:
    """Name of a legal entity until an extract or a sheet gives its own."""
    return PROVISIONAL_NAME.format(code=code)
