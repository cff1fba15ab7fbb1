"""Build hook: the wheel holds the gazetteer, the scripts of the desk and the example, or it is not built."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

GAZETTEER = "src/cenotaph/gazetteer/world.sqlite"
ASSETS = "src/cenotaph/web/static/vendor"
EXAMPLE = "examples/coast-2025"


class WholePackage(BuildHookInterface[Any]):
    """Adds the example to the wheel and refuses to build a package that lacks its data.

    An editable install takes them from the checkout, where they may come later; it is let through.
    """

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        root = Path(self.root)
        if not (root / GAZETTEER).is_file():
            raise FileNotFoundError(f"no gazetteer at {GAZETTEER}; build it first: python tools/build_gazetteer.py")
        gone = [name for name in assets(root) if not (root / ASSETS / name).is_file()]
        if gone:
            raise FileNotFoundError(f"no {gone[0]} at {ASSETS}; fetch it first: python tools/build_assets.py")
        if not (root / EXAMPLE).is_dir():
            raise FileNotFoundError(f"no example at {EXAMPLE}; the package holds it, so build from a whole checkout")
        if self.target_name == "wheel":
            build_data["force_include"][str(root / EXAMPLE)] = f"cenotaph/{EXAMPLE}"


def assets(root: Path) -> list[str]:
    """What tools/assets.toml says is there, each file below the folder of the assets."""
    libraries = tomllib.loads((root / "tools" / "assets.toml").read_text(encoding="utf-8"))["library"]
    return [f"{one['folder']}/{name}" for one in libraries for name in (*one["files"].values(), "LICENSE")]
