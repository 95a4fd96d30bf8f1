"""How is a graph also read as words? Its drawing data, and the same links in a list."""

import json
import zlib
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise

_OPTIONAL = {"state": "", "url": "", "kind": ""}


def graph(wanted: Mapping[str, Any], *, finding: str | Promise = "") -> dict[str, Any]:
    """Context of `design/_graph.html`.

    Args:
        wanted: `nodes` (id, label, optional kind, state, url), `links` (from, to, optional
            label), optional `focus` (id drawn larger) and `layered` (True when direction matters).
        finding: the sentence that the drawing shows.

    Raises:
        ValueError: a link names a node that is absent.
    """
    labels = {node["id"]: str(node["label"]) for node in wanted["nodes"]}
    targets: dict[str, list[str]] = defaultdict(list)
    for link in wanted["links"]:
        if link["from"] not in labels or link["to"] not in labels:
            raise ValueError(f"link {link['from']} → {link['to']}: no such node")
        words = labels[link["to"]]
        targets[link["from"]].append(f"{words} ({link['label']})" if link.get("label") else words)
    nodes = [{**_OPTIONAL, **node} for node in wanted["nodes"]]
    data = dict(wanted)
    return {
        "graph": data,
        "finding": finding,
        "lines": [(node, targets[node["id"]]) for node in nodes],
        "data_id": f"graph-{zlib.crc32(json.dumps(data, default=str).encode()):08x}",
    }
