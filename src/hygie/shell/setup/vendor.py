"""Which front-end files do pages load, and from which package does each come?"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class VendorPackage:
    """One npm package and what is copied of it.

    Attributes:
        name: npm name.
        folder: folder under `static/vendor/`.
        files: paths inside the package; the last part is the name under `folder`.
        licences: licence and notice files that must travel with them.
        only_tests: left out of a machine that only serves.
    """

    name: str
    folder: str
    files: tuple[str, ...] = ()
    licences: tuple[str, ...] = ("LICENSE",)
    only_tests: bool = False


_FONT = "files/atkinson-hyperlegible-next"

PACKAGES = (
    VendorPackage(
        "bootstrap",
        "bootstrap",
        ("dist/css/bootstrap.min.css", "dist/js/bootstrap.bundle.min.js"),
    ),
    # Compiled into bootstrap.bundle.min.js: only its licence travels.
    VendorPackage("@popperjs/core", "popper", (), ("LICENSE.md",)),
    VendorPackage("bootstrap-icons", "icons"),
    VendorPackage(
        "echarts",
        "echarts",
        ("dist/echarts.common.min.js", "i18n/langFR.js"),
        ("LICENSE", "NOTICE", "licenses/LICENSE-d3"),
    ),
    # Compiled into echarts.
    VendorPackage("zrender", "zrender"),
    VendorPackage("tslib", "tslib", (), ("LICENSE.txt", "CopyrightNotice.txt")),
    VendorPackage("cytoscape", "cytoscape", ("dist/cytoscape.min.js",)),
    VendorPackage("cytoscape-dagre", "cytoscape-dagre", ("dist/cytoscape-dagre.min.js",)),
    VendorPackage(
        "@fontsource-variable/atkinson-hyperlegible-next",
        "atkinson-hyperlegible-next",
        (
            f"{_FONT}-latin-wght-normal.woff2",
            f"{_FONT}-latin-wght-italic.woff2",
            f"{_FONT}-latin-ext-wght-normal.woff2",
            f"{_FONT}-latin-ext-wght-italic.woff2",
        ),
    ),
    VendorPackage(
        "axe-core",
        "axe-core",
        ("axe.min.js",),
        ("LICENSE", "LICENSE-3RD-PARTY.txt"),
        only_tests=True,
    ),
)
ICON_PACKAGE = "bootstrap-icons"
ICON_SPRITE = "icons/icons.svg"
