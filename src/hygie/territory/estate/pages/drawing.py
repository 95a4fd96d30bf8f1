"""How is a part of the map drawn: boxes in columns, lines between them, names that can be read?"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from hygie.engines.drawing.layered import layered
from hygie.engines.drawing.types import Box, Sizes
from hygie.engines.estate.vocabulary import AssetKind as Kind
from hygie.engines.exploration.types import Bundle, Tie, View, Way
from hygie.territory.estate.choices import AssetStatus, Criticality
from hygie.territory.estate.models import Asset
from hygie.territory.estate.pages.asked import LAYERS, MapAsked
from hygie.territory.estate.selectors.ground import KINDS, TIES, EstateGround
from hygie.territory.estate.words import Text, called_at, counted, kind_word, verb_word
from hygie.territory.organisations.models import Organisation

# From care down to where it all stands: (name, words, kinds).
FAMILIES: tuple[tuple[str, Text, frozenset[str]], ...] = (
    ("care", lazy("Soins"), frozenset({Kind.CARE.value})),
    ("application", lazy("Applications"), frozenset({Kind.APPLICATION.value})),
    ("end", lazy("Postes et dispositifs"), frozenset({
        Kind.WORKSTATION_GROUP.value, Kind.WORKSTATION.value, Kind.DEVICE.value})),
    ("data", lazy("Échanges, identités, données"), frozenset({
        Kind.INTERFACE.value, Kind.IDENTITY.value, Kind.STORE.value})),
    ("machine", lazy("Serveurs et sauvegardes"), frozenset({
        Kind.SERVER.value, Kind.CLUSTER.value, Kind.BACKUP.value})),
    ("network", lazy("Réseau"), frozenset({
        Kind.NETWORK.value, Kind.ZONE.value, Kind.LINE.value, Kind.ACCESS.value})),
    ("place", lazy("Lieux et tiers"), frozenset({Kind.SITE.value, Kind.SUPPLIER.value})),
)  # fmt: skip
FAMILY_OF = {kind: place for place, (_n, _w, kinds) in enumerate(FAMILIES) for kind in kinds}
# Its margin holds what opens on the sides of a box, and so does the room between two files.
SIZES = Sizes(width=224, margin=44, file_gap=80)
_LABEL, _SUB, _LANES = 31, 38, 12
_HANDLE = 18


@dataclass(slots=True)
class Mark:
    """One box.

    Attributes:
        key: of the asset, 0 for a bundle.
        x, y: its corner.
        label, sub: two lines, cut to fit; title holds them whole.
        kind, family: words for the style.
        classes: further ones.
        url: where a click leads, "" for nowhere.
        more: (sign, x, address, words) of what may be opened on its sides.
    """

    key: int
    label: str
    sub: str
    title: str
    kind: str
    family: str
    url: str = ""
    classes: str = ""
    more: list[tuple[str, int, str, str]] = field(default_factory=list)
    x: int = 0
    y: int = 0


@dataclass(frozen=True, slots=True)
class Stroke:
    """One line: its path, its style, what it says, the keys of its ends."""

    path: str
    classes: str
    title: str
    ends: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A drawing ready for its template; lengths are whole units."""

    width: int
    height: int
    marks: Sequence[Mark]
    strokes: Sequence[Stroke]
    columns: Sequence[tuple[int, str]]
    bands: Sequence[tuple[int, int, str]]
    box: Sizes = SIZES


def sheet_of(
    view: View,
    ground: EstateGround,
    assets: Mapping[int, Asset],
    asked: MapAsked,
    place: Organisation,
    *,
    path: str = "",
) -> Sheet:
    """Draw what is shown.

    Args:
        view: nodes, bundles and ties.
        ground: the map that they come from.
        assets: those shown one by one, by key.
        asked: the exploration, of which each address changes one thing.
        place: whose map; what belongs to another organisation is named with it.
        path: page of the addresses.
    """
    marks = [
        *(_node(view, at, ground, assets, asked, place, path) for at in range(len(view.nodes))),
        *(_bundle(bundle, ground, asked, path) for bundle in view.bundles),
    ]
    lanes, names = _lanes(view, ground, assets, asked.group)
    boxes = [
        Box(column, lane) for column, lane in zip(_columns(view, ground, asked), lanes, strict=True)
    ]
    drawing = layered(boxes, [(tie.source, tie.target) for tie in view.ties], SIZES)
    for mark, x, y in zip(marks, drawing.x, drawing.y, strict=True):
        mark.x, mark.y = x, y
    return Sheet(
        drawing.width,
        drawing.height,
        marks,
        [
            Stroke(
                _path(points),
                *_stroke(tie, ground, marks),
                f"{marks[tie.source].key} {marks[tie.target].key}",
            )
            for tie, points in zip(view.ties, drawing.routes, strict=True)
        ],
        [(one.x, _heading(one.column, asked)) for one in drawing.columns],
        [(band.y, band.height, names[band.lane]) for band in drawing.bands],
    )


def _columns(view: View, ground: EstateGround, asked: MapAsked) -> list[int]:
    if asked.layout != LAYERS:
        return [*view.level, *(bundle.level for bundle in view.bundles)]
    kinds = [int(ground.kind[node]) for node in view.nodes]
    return [FAMILY_OF[KINDS[kind]] for kind in (*kinds, *(one.kind for one in view.bundles))]


def _heading(column: int, asked: MapAsked) -> str:
    if asked.layout == LAYERS:
        return str(FAMILIES[column][1])
    if column == 0:
        return _("Au centre")
    words = _("En a besoin (%(n)d)") if column < 0 else _("Nécessaire (%(n)d)")
    return words % {"n": abs(column)}


def _lanes(
    view: View, ground: EstateGround, assets: Mapping[int, Asset], group: str
) -> tuple[list[int], list[str]]:
    """The band of each box, and their names; beyond a dozen the smallest stand together."""
    if not group:
        return [0] * (len(view.nodes) + len(view.bundles)), [""]
    known = {node: _group_of(assets.get(int(ground.ids[node])), group) for node in view.nodes}
    wanted = [*known.values(), *(known.get(one.parent, "") for one in view.bundles)]
    counts = Counter(wanted)
    names = [name for name, _count in counts.most_common(_LANES)]
    rest = len(names)
    places = {name: place for place, name in enumerate(names)}
    shown = [name or _("Non renseigné") for name in names]
    return [places.get(name, rest) for name in wanted], [*shown, _("Autres")]


def _group_of(asset: Asset | None, group: str) -> str:
    """Name of what an asset is gathered by; a site stands with itself."""
    if asset is None:
        return ""
    if asset.kind == group:
        return asset.name
    found = getattr(asset, group)
    return found.name if found else ""


def _node(
    view: View,
    at: int,
    ground: EstateGround,
    assets: Mapping[int, Asset],
    asked: MapAsked,
    place: Organisation,
    path: str,
) -> Mark:
    node = view.nodes[at]
    pk = int(ground.ids[node])
    asset = assets[pk]
    rank = int(ground.rank[node])
    kind = kind_word(asset.kind)
    sub = f"{kind} · {Criticality(rank).label}" if rank else kind
    called = called_at(asset, place)
    # Two hospitals of a group have the same care: whose it is comes before what it is.
    under = sub if called == asset.name else f"{asset.organisation.name} · {sub}"
    classes = [f"est-rank-{rank}"]
    classes += ["is-focus"] if view.level[at] == 0 else []
    classes += ["is-planned"] if asset.status == AssetStatus.PLANNED else []
    classes += ["is-card"] if pk == asked.card else []
    classes += ["is-folded"] if pk in asked.folded else []
    return Mark(
        key=pk,
        label=_cut(asset.name, _LABEL),
        sub=_cut(under, _SUB),
        title=f"{asset.name} ({under})",
        kind=asset.kind,
        family=FAMILIES[FAMILY_OF[asset.kind]][0],
        url=path + asked.showing(pk),
        classes=" ".join(classes),
        more=_handles(asset, called, view.more[at], asked, path),
    )


def _handles(
    asset: Asset, called: str, more: Mapping[Way, int], asked: MapAsked, path: str
) -> list[tuple[str, int, str, str]]:
    """What may be opened beside a box: above it on the left, below it on the right."""
    found = []
    for way, x, one, several in (
        (Way.UP, -_HANDLE,
         _("Montrer %(n)d élément de plus qui a besoin de %(name)s"),
         _("Montrer %(n)d éléments de plus qui ont besoin de %(name)s")),
        (Way.DOWN, SIZES.width + _HANDLE,
         _("Montrer %(n)d élément de plus dont %(name)s a besoin"),
         _("Montrer %(n)d éléments de plus dont %(name)s a besoin")),
    ):  # fmt: skip
        count = more[way]
        if count:
            words = (one if count == 1 else several) % {"n": count, "name": called}
            found.append((_few(count), x, path + asked.opening(asset.pk, way), words))
    return found


def _few(count: int) -> str:
    return f"+{count}" if count < 1000 else f"+{count // 1000}k"


def _bundle(bundle: Bundle, ground: EstateGround, asked: MapAsked, path: str) -> Mark:
    kind = KINDS[bundle.kind]
    words = counted(kind, len(bundle.members))
    url, sub = "", _("trop nombreux pour être dessinés")
    if bundle.parent >= 0:
        pk = int(ground.ids[bundle.parent])
        is_open = (pk, bundle.way) in asked.opened
        url = "" if is_open else path + asked.opening(pk, bundle.way)
        sub = _("en plus") if is_open else _("à déplier")
    return Mark(
        key=0, label=_cut(words, _LABEL), sub=sub, title=f"{words}, {sub}", kind=kind,
        family=FAMILIES[FAMILY_OF[kind]][0], url=url, classes="is-bundle",
    )  # fmt: skip


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _stroke(tie: Tie, ground: EstateGround, marks: Sequence[Mark]) -> tuple[str, str]:
    """Style and words of a line."""
    ends = {"source": marks[tie.source].title, "target": marks[tie.target].title}
    if tie.is_shortcut:
        return "is-shortcut", _("%(source)s → %(target)s, par des éléments masqués") % ends
    verb = TIES[int(ground.tie[tie.edge])]
    words = f"{ends['source']} {verb_word(verb)} {ends['target']}"
    if tie.count > 1:
        words += " " + ngettext("(%(n)d lien)", "(%(n)d liens)", tie.count) % {"n": tie.count}
    return f"est-tie-{verb}", words


def _path(points: Sequence[tuple[int, int]]) -> str:
    """A line through points, level at each of them; it bows to the right within one column."""
    (x, y), *rest = points
    told = [f"M{x} {y}"]
    for to_x, to_y in rest:
        if to_y == y and to_x != x:
            told.append(f"H{to_x}")
        elif to_x == x:
            bow = x + SIZES.between // 2
            told.append(f"C{bow} {y} {bow} {to_y} {to_x} {to_y}")
        else:
            half = (to_x - x) // 2
            told.append(f"C{x + half} {y} {to_x - half} {to_y} {to_x} {to_y}")
        x, y = to_x, to_y
    return "".join(told)
