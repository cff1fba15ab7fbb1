"""One module a set. A module here that has an ADAPTER is run; nothing else needs to know of it."""

from __future__ import annotations

import importlib
import pkgutil

from bench.adapter import Adapter


def adapters() -> dict[str, Adapter]:
    """Every set's adapter by its name, in the order of their names."""
    modules = (importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    found = [module.ADAPTER for module in modules]
    return {adapter.name: adapter for adapter in sorted(found, key=lambda adapter: adapter.name)}
