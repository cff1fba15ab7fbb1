"""Build hook: the wheel holds the gazetteer and the example, or it is not built."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

GAZETTEER = "src/cenotaph/gazetteer/world.sqlite"
EXAMPLE = "examples/coast-2025"


class WholePackage(BuildHookInterface[Any]):
    """Adds the example to the wheel and refuses to build a package that lacks its data.

    An editable install takes both from the checkout, where they may come later; it is let through.
    """

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        root = Path(self.root)
        if not (root / GAZETTEER).is_file():
            raise FileNotFoundError(f"no gazetteer at {GAZETTEER}; build it first: python tools/build_gazetteer.py")
        if not (root / EXAMPLE).is_dir():
            raise FileNotFoundError(f"no example at {EXAMPLE}; the package holds it, so build from a whole checkout")
        if self.target_name == "wheel":
            build_data["force_include"][str(root / EXAMPLE)] = f"cenotaph/{EXAMPLE}"
