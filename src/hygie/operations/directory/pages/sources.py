"""What does the page of an audit's sources show?"""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hygie.connectors.message_codes import MessageCode
from hygie.foundation.documents.messages import sentence_of
from hygie.operations.directory.models import DirectoryAudit
from hygie.operations.directory.pages.audit import tabs_of
from hygie.operations.directory.words import count_word, unknown_word

_MOST = 200


def sources_context(audit: DirectoryAudit) -> dict[str, Any]:
    """Each source with its counts and remarks, the files, the contradictions, the unknowns."""
    sources = list(audit.sources.all())
    for source in sources:
        source.counted = [  # type: ignore[attr-defined]  # for the page
            (count_word(name), value) for name, value in source.counts.items()
        ]
        source.said = [_remark(one) for one in source.remarks[:_MOST]]  # type: ignore[attr-defined]
    found = audit.summary
    return {
        "audit": audit,
        "sources": sources,
        "files": list(audit.exports.all()),
        "contradictions": found.get("contradictions", []),
        "unknowns": [
            (unknown_word(name), count) for name, count in found.get("unknowns", {}).items()
        ],
        "answer": ngettext(
            "L'audit repose sur %(count)d source.", "L'audit repose sur %(count)d sources.",
            len(sources),
        ) % {"count": len(sources)},
        "tab": "sources",
        "tabs": tabs_of(audit),
    }  # fmt: skip


def _remark(one: dict[str, Any]) -> str:
    """One remark of a reader, with where it was met."""
    said = str(sentence_of(MessageCode(one["code"]), one["params"]))
    where = [
        one.get("file") or "",
        str(one["row"]) if one.get("row") else "",
        one.get("field") or "",
    ]
    place = ", ".join(part for part in where if part)
    return _("%(said)s (%(place)s)") % {"said": said, "place": place} if place else said
