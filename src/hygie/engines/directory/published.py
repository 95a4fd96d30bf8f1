"""Where is the catalogue that ships with the product?

The only file that an engine of this folder opens: data of the package, the same on every machine,
read once. Whoever has another catalogue gives it to `catalogue_from_data`.
"""

from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from hygie.engines.directory.catalogue import Catalogue, catalogue_from_data

_FOLDER = files("hygie.engines.directory") / "data"


@lru_cache(maxsize=1)
def published_catalogue() -> Catalogue:
    """The catalogue of the package.

    Raises:
        CatalogueError: the data was changed into something that is not a catalogue.

    Cost: the files are parsed once a process, about 0.1 s.
    """
    data: dict[str, Any] = yaml.safe_load((_FOLDER / "catalogue.yaml").read_text("utf-8"))
    data["points"] = [
        point
        for name in data.pop("files")
        for point in yaml.safe_load((_FOLDER / f"{name}.yaml").read_text("utf-8"))
    ]
    return catalogue_from_data(data)
