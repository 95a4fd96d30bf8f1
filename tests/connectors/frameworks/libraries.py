"""Library files in the YAML form, made by hand."""

HEAD = """\
urn: urn:x:risk:library:essai
locale: fr
ref_id: ESSAI
name: Essai
version: 2
publication_date: 2026-03-14
provider: Nous
objects:
"""

NODES = """\
  framework:
    urn: urn:x:risk:framework:essai
    ref_id: ESSAI
    name: Essai
    requirement_nodes:
    - {urn: "urn:x:risk:req_node:essai:a", assessable: false, depth: 1, ref_id: A, name: Titre}
    - urn: urn:x:risk:req_node:essai:a.1
      parent_urn: urn:x:risk:req_node:essai:a
      assessable: true
      depth: 2
      ref_id: 1.10
      name: Exigence
"""
LIBRARY = HEAD + NODES
