"""Public libraries made by hand, whole or broken in one place."""

HEAD = """\
urn: urn:x:risk:library:essai
locale: fr
ref_id: ESSAI
name: Essai
version: {version}
publication_date: 2026-03-14
provider: Nous
objects:
  framework:
    urn: urn:x:risk:framework:essai
    ref_id: ESSAI
    name: Essai
    requirement_nodes:
"""
BASE = "urn:x:risk:req_node:essai"


def node(suffix: str, *, parent: str = "", name: str = "", more: str = "") -> str:
    """One assessable node, on one line."""
    up = f', parent_urn: "{BASE}:{parent}"' if parent else ""
    said = name or f"Exigence {suffix}"
    return (
        f'    - {{urn: "{BASE}:{suffix}", assessable: true, ref_id: "{suffix.upper()}", '
        f'name: "{said}"{up}{more}}}\n'
    )


def library(*nodes: str, version: int = 1) -> bytes:
    """A library of one framework with these nodes."""
    return (HEAD.format(version=version) + "".join(nodes)).encode()


def mapping(*pairs: tuple[str, str, str]) -> bytes:
    """A library of correspondences: (source urn, target urn, relationship)."""
    head = HEAD.format(version=1).split("objects:")[0].replace("library:essai", "library:liens")
    lines = "".join(
        f'    - {{source_requirement_urn: "{source}", target_requirement_urn: "{target}", '
        f"relationship: {relation}}}\n"
        for source, target, relation in pairs
    )
    return (
        f"{head}objects:\n  requirement_mapping_set:\n    urn: urn:x:risk:req_mapping_set:liens\n"
        "    ref_id: LIENS\n    name: Liens d'essai\n"
        "    source_framework_urn: urn:x:risk:framework:essai\n"
        "    target_framework_urn: urn:x:risk:framework:autre\n"
        f"    requirement_mappings:\n{lines}"
    ).encode()


def large(bytes_wanted: int) -> bytes:
    """A library of about that many bytes: groups of fifty requirements in two languages."""
    lines, size, count = [HEAD.format(version=1)], 0, 0
    while size < bytes_wanted:
        count += 1
        group = count - count % 50
        up = f"      parent_urn: {BASE}:n{group}\n" if count % 50 and group else ""
        lines.append(
            f"    - urn: {BASE}:n{count}\n      assessable: {str(bool(up)).lower()}\n"
            f"{up}      ref_id: N.{count}\n      name: Exigence {count}\n      description: "
            f'"{"Texte de longueur ordinaire. " * 8}"\n'
            f"      translations: {{en: {{name: Requirement {count}, "
            f'description: "{"Ordinary length. " * 12}"}}}}\n'
        )
        size += len(lines[-1])
    return "".join(lines).encode()
