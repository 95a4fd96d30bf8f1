"""How is every kernel of a rehearsal compiled ahead, where the first user would wait for it?"""

from hygie.engines.estate.types import AssetRecord, EstateMap, LinkRecord
from hygie.engines.estate.vocabulary import AssetKind, Verb
from hygie.engines.propagation.sharing import Sharing
from hygie.engines.ransomware.needs import needs_of
from hygie.engines.ransomware.reach import attack_graph
from hygie.engines.ransomware.rehearse import rehearse
from hygie.engines.ransomware.scene import scene_of
from hygie.engines.ransomware.screen import screen


def compile_all() -> None:
    """Rehearse an attack on one workstation that one care activity uses.

    Cost: some tens of seconds the first time on a machine, less than one when the machine code is
    kept (docs/engines/graph.md §9).
    """
    estate = EstateMap(
        [
            AssetRecord("care", AssetKind.CARE, "care"),
            AssetRecord("post", AssetKind.WORKSTATION, "post"),
        ],
        [LinkRecord("care", Verb.USES, "post")],
    )
    needs_of(estate)
    scene = scene_of(estate, attack_graph(estate))
    screen(scene, 64, 0)
    rehearse(scene, 8, 0, sharing=Sharing(block=8))
