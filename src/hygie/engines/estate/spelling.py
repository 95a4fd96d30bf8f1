"""When are two names written differently the same?"""

import re
import unicodedata
from functools import lru_cache

_NOT_WORD = re.compile(r"[\W_]+")


@lru_cache(maxsize=50_000)
def name_key(name: str) -> str:
    """A name as it is compared: without accents, capitals, punctuation between words."""
    return _NOT_WORD.sub(" ", _plain(name)).strip()


@lru_cache(maxsize=50_000)
def loose_key(name: str) -> str:
    """A name as it resembles: "SRV DPI-01" and "srvdpi01" are alike."""
    return _NOT_WORD.sub("", _plain(name))


def short_host(host: str) -> str:
    """The first label of a host name; the whole of what is an address."""
    text = host.strip().lower()
    first = text.partition(".")[0]
    return text if first.isdigit() or ":" in text else first


def swapped_uuid(uuid: str) -> str:
    """The same UUID as read by a tool that takes its first three fields the other way round.

    Args:
        uuid: canonical.

    Source: DMTF DSP0134 (SMBIOS 3.7), §7.2.1.
    """
    one, two, three, rest = uuid[:8], uuid[9:13], uuid[14:18], uuid[18:]
    turned = [
        "".join(part[at : at + 2] for at in range(len(part) - 2, -1, -2))
        for part in (one, two, three)
    ]
    return "-".join(turned) + rest


def _plain(text: str) -> str:
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return text.casefold()
