"""What does the path explorer show?"""

from collections.abc import Collection
from typing import Any

from django.utils.translation import ngettext

from hygie.operations.directory.models import DirectoryAudit
from hygie.operations.directory.pages.audit import exposure_sentence, tabs_of, unknown_sentence
from hygie.operations.directory.paths import PathPage, path_graph
from hygie.operations.directory.words import edge_word


def paths_context(
    audit: DirectoryAudit, page: PathPage, *, words: str, kinds: Collection[int], path: str
) -> dict[str, Any]:
    """The search, the path as a drawing and as steps, the choke points."""
    finding = ngettext(
        "%(start)s arrive au but en %(count)d étape",
        "%(start)s arrive au but en %(count)d étapes",
        len(page.steps),
    ) % {"start": page.start.name if page.start else "", "count": len(page.steps)}
    return {
        "audit": audit,
        "page": page,
        "asked": {"q": words, "kinds": set(kinds)},
        "answer": exposure_sentence(audit),
        "kinds": sorted(
            ((code, edge_word(code), count) for code, count in page.kinds), key=lambda one: one[1]
        ),
        "drawing": path_graph(page, path) if page.steps else None,
        "finding": finding,
        "unknown_sentence": unknown_sentence(audit),
        "choke": audit.summary.get("choke_points", []),
        "tab": "paths",
        "tabs": tabs_of(audit),
    }
