"""Makes src/cenotaph/web/static/vendor/ from pinned packages, and checks that it is what was pinned.

    python tools/build_assets.py [--pin]      --pin writes the digest of what was built to tools/assets.digest

Does nothing when the files are there and are the pinned ones. Standard library only. What is taken, from where and
under which licence is in tools/assets.toml.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src" / "cenotaph" / "web" / "static" / "vendor"
LIST = ROOT / "tools" / "assets.toml"
LOCK = ROOT / "tools" / "assets.lock"
PIN = ROOT / "tools" / "assets.digest"


class BuildError(Exception):
    """The assets can't be built; the message says why and what to do."""


def main(arguments: list[str]) -> int:
    pinned = PIN.read_text(encoding="ascii").strip() if PIN.is_file() else ""
    pin = "--pin" in arguments
    if pinned and digest(TARGET) == pinned and not pin:
        return 0
    libraries = tomllib.loads(LIST.read_text(encoding="utf-8"))["library"]
    told = ", ".join(f"{one['name']} {one['version']}" for one in libraries)
    print(f"fetching the scripts of the review desk, once ({told})", file=sys.stderr)
    try:
        build(libraries, pinned, pin)
    except BuildError as error:
        print(f"the assets were not built: {error}", file=sys.stderr)
        return 1
    return 0


def build(libraries: list[dict[str, Any]], pinned: str, pin: bool) -> None:
    beside = TARGET.with_name("vendor.new")
    shutil.rmtree(beside, ignore_errors=True)
    try:
        with tempfile.TemporaryDirectory() as folder:
            fetch(Path(folder))
            for library in libraries:
                copy(library, Path(folder), beside / library["folder"])
        found = digest(beside)
        if pin:
            PIN.write_text(found + "\n", encoding="ascii")
        elif found != pinned:
            raise BuildError(f"their digest is {found}, expected {pinned}; if the change is meant, pin it with --pin")
        if TARGET.exists():
            shutil.rmtree(TARGET)
        os.replace(beside, TARGET)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def digest(folder: Path) -> str:
    """Of the names and bytes of every file below a folder; "" when it is not there."""
    if not folder.is_dir():
        return ""
    whole = hashlib.sha256()
    for file in sorted(files_below(folder), key=lambda file: file.relative_to(folder).as_posix()):
        content = file.read_bytes()
        whole.update(f"{file.relative_to(folder).as_posix()}\0{len(content)}\0".encode() + content)
    return whole.hexdigest()


def files_below(folder: Path) -> Iterator[Path]:
    return (file for file in folder.rglob("*") if file.is_file())


# --- the packages -----------------------------------------------------------------------------------------------------


def fetch(folder: Path) -> None:
    """The pinned wheels, which pip checks against their hashes; without what they would need to run."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"]
    command += ["--require-hashes", "--disable-pip-version-check", "-r", str(LOCK), "-d", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if not done.returncode:
        return
    said = [line for line in done.stderr.splitlines() if line.casefold().startswith("error")]
    reason = said[0] if said else f"it ended with {done.returncode}"
    raise BuildError(
        f"pip could not fetch the packages of {LOCK.name}, for which a network is needed; it said: {reason}"
    )


def copy(library: dict[str, Any], wheels: Path, to: Path) -> None:
    """The files of one library, byte for byte, with its licence beside them."""
    try:
        with zipfile.ZipFile(next(wheels.glob(f"{library['package']}-*.whl"))) as wheel:
            found = {name: wheel.read(f"{library['from']}/{inside}") for inside, name in library["files"].items()}
    except (StopIteration, KeyError) as missing:
        raise BuildError(f"the packages of {LOCK.name} do not hold the files they used to: {missing!r}") from missing
    found["LICENSE"] = library["licence"].encode("utf-8")
    for name, content in found.items():
        (to / name).parent.mkdir(parents=True, exist_ok=True)
        (to / name).write_bytes(content)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
