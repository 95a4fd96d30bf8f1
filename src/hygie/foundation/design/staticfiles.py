"""How do static files carry a name that changes with their content, and travel compressed?"""

from typing import Any

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

_Pattern = str | tuple[str, str]


def _expression(pattern: _Pattern) -> str:
    return pattern if isinstance(pattern, str) else pattern[0]


class HygieStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Hashed names, gzip, and no demand for the source maps that vendors name but we do not ship.

    Libraries end with a `sourceMappingURL` remark. Removing the remark would make them modified
    copies; not looking at it keeps them byte for byte what their registry signed.
    """

    keep_only_hashed_files = True
    patterns = tuple(
        (extension, tuple(p for p in wanted if "sourceMappingURL" not in _expression(p)))
        for extension, wanted in CompressedManifestStaticFilesStorage.patterns
    )

    def create_compressor(self, **options: Any) -> Compressor:
        """Gzip only: brotli takes twenty seconds, which a first start cannot spend."""
        return Compressor(use_brotli=False, **options)
