"""A case in one file, and a case out of it: evidence and decisions, each byte checked by its hash.

A back-up is a .zip: what.json with the hashes of all that is in it, case.toml, case.db with the journal and its
payloads alone (what is built is built again), and archive/. It is taken from one look at the database, so that others
may write meanwhile; bytes are in the archive before the journal names them.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import re
import secrets
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from cenotaph.archive import Archive
from cenotaph.case import evidence
from cenotaph.case.errors import CaseError
from cenotaph.case.journal import Journal, contents, forgotten, reached
from cenotaph.case.settings import NAME, read_settings, write_settings
from cenotaph.case.tables import EVIDENCE, about, make_tables, open_engine, writing
from cenotaph.case.verify import verify

if TYPE_CHECKING:
    from cenotaph.case import Case

__all__ = ["KIND", "Backup", "backed_up", "backup", "restore"]

KIND = "backup"
"""Of journal rows: that a back-up was made, so that whoever forgets is told of it."""
LIST, STORE, FORM = "what.json", "case.db", 1
ROWS = 500
_MEMBER = re.compile(r"archive/([0-9a-f]{2})/(\1[0-9a-f]{62})")
_DATED = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Backup:
    """One back-up: its file, the SHA-256 of it, how many reports and files of the archive it holds."""

    file: Path
    hash: str
    reports: int
    files: int


def backup(case: Case, file: Path, *, who: str) -> Backup:
    """Writes a case into one new file, whole or not at all, and says so in the journal. Raises CaseError if the file is
    there, or if a byte of the case is not what was kept.
    """
    if os.path.lexists(file):
        raise CaseError(f"{file} is there already; a back-up never writes over anything: choose another name")
    beside = file.with_name(f"{file.name}.{secrets.token_hex(4)}.part")
    try:
        with case.told(), tempfile.TemporaryDirectory(dir=file.parent, prefix=".backup") as folder:
            reports, files = _copied(case, Path(folder) / STORE)
            _packed(case, Path(folder) / STORE, sorted(files), beside)
        _placed(beside, file)
    except FileExistsError as error:
        raise CaseError(f"{file} is there already; choose another name") from error
    except OSError as error:
        raise CaseError(f"no back-up can be made in {file.parent}: {error.strerror or error}") from error
    finally:
        beside.unlink(missing_ok=True)
    made = Backup(file, _hash_of(file), reports, len(files))
    with case.told(), writing(case.engine) as connection:
        case.book.append(connection, KIND, who, {"file": file.name, "hash": made.hash})
    case.book.remember()
    return made


def _placed(beside: Path, file: Path) -> None:
    """Under its name, unless somebody else made that file meanwhile. Disks that know no links can only be looked at."""
    try:
        os.link(beside, file)
    except FileExistsError:
        raise
    except OSError:
        if os.path.lexists(file):
            raise FileExistsError(file) from None
        os.rename(beside, file)


def _copied(case: Case, store: Path) -> tuple[int, set[str]]:
    """The evidence in a database of its own, from one look at the case; how many reports, and which files they name."""
    engine = open_engine(store.parent, "")
    make_tables(engine)
    with case.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        with writing(engine) as copy:
            for table in EVIDENCE:
                _rows_of(table, connection, copy)
        gone = forgotten(connection)
        captured = [payload for _, payload in evidence.captures(connection)]
    _settled(engine)
    files = {one for payload in captured for one in evidence.files_of(payload)}
    return len({payload["report"]["id"] for payload in captured}), files - gone


def _rows_of(table: sa.Table, connection: Connection, copy: Connection) -> None:
    found = connection.execution_options(yield_per=ROWS).execute(sa.select(table))
    for some in found.mappings().partitions(ROWS):
        copy.execute(sa.insert(table), [dict(one) for one in some])


def _settled(engine: Engine) -> None:
    """All of a new database in its one file, no log beside it."""
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("PRAGMA journal_mode=DELETE")
    engine.dispose()


def _packed(case: Case, store: Path, files: list[str], out: Path) -> None:
    with zipfile.ZipFile(out, "x", zipfile.ZIP_DEFLATED, allowZip64=True) as packed:
        listed: dict[str, list[Any]] = {}
        for name, content in _contents(case, store, files):
            listed[name] = [hashlib.sha256(content).hexdigest(), len(content)]
            packed.writestr(zipfile.ZipInfo(name, _DATED), content, zipfile.ZIP_DEFLATED)
        made = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        told = json.dumps({"form": FORM, "made": made, "files": listed}, indent=1, sort_keys=True)
        packed.writestr(zipfile.ZipInfo(LIST, _DATED), told, zipfile.ZIP_DEFLATED)
    with open(out, "rb") as file:
        os.fsync(file.fileno())


def _contents(case: Case, store: Path, files: list[str]) -> Iterator[tuple[str, bytes]]:
    yield NAME, (case.folder / NAME).read_bytes()
    own = case.folder / case.settings.gazetteer
    if case.settings.gazetteer and _is_below(own, case.folder) and own.is_file():
        yield case.settings.gazetteer, own.read_bytes()
    yield STORE, store.read_bytes()
    for one in files:
        try:
            yield f"archive/{one[:2]}/{one}", case.archive.get(one)
        except (OSError, ValueError) as error:
            raise CaseError(
                f"archive {one[:16]} is not what was kept, and no back-up was made: run cenotaph verify ({error})"
            ) from error


def _is_below(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())


def _hash_of(file: Path) -> str:
    with open(file, "rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def backed_up(case: Case) -> list[tuple[dt.datetime, str]]:
    """When back-ups were made of this case, and what each was called."""
    with case.engine.connect() as connection:
        return [
            (dt.datetime.fromisoformat(row.at), str(payload["file"])) for row, payload in contents(connection, KIND)
        ]


# --- and back ---------------------------------------------------------------------------------------------------------


def restore(file: Path, folder: Path) -> Path:
    """Makes a case of a back-up in a new folder; what is built is built again with the next build.

    The copy has a chain of its own, so that it can be merged with the case that it was taken from. Raises CaseError for
    what is no whole back-up, and for a folder that holds anything.
    """
    if os.path.lexists(folder) and not (folder.is_dir() and not any(folder.iterdir())):
        raise CaseError(f"{folder} is there already; a case is restored into a new or empty folder")
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}")
    try:
        beside.mkdir(mode=0o700)
        _unpacked(file, beside)
        _begun(beside)
        if folder.exists():
            folder.rmdir()
        os.rename(beside, folder)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, KeyError, EOFError, NotImplementedError, RuntimeError) as error:
        raise CaseError(f"{file} is no whole back-up of a case ({error}); nothing was restored") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return folder


def _unpacked(file: Path, folder: Path) -> None:
    with zipfile.ZipFile(file) as packed:
        listed = _listed(packed, file)
        if {one.filename for one in packed.infolist()} != {*listed, LIST}:
            raise CaseError(f"{file} holds other files than it lists; nothing was restored")
        for name, (hashed, size) in listed.items():
            if packed.getinfo(name).file_size != size:
                raise CaseError(f"{file}: {name} is not of the size that was written; nothing was restored")
            content = packed.read(name)
            if hashlib.sha256(content).hexdigest() != hashed or not _named_well(name, hashed):
                raise CaseError(f"{file}: {name} is not what was written; nothing was restored")
            path = folder / name
            if not _is_below(path, folder):
                raise CaseError(f"{file}: {name} leads out of the case; nothing was restored")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def _listed(packed: zipfile.ZipFile, file: Path) -> Mapping[str, tuple[str, int]]:
    try:
        told = json.loads(packed.read(LIST))
        found = {str(name): (str(hashed), int(size)) for name, (hashed, size) in told["files"].items()}
        form = int(told["form"])
    except (ValueError, TypeError, AttributeError) as error:
        raise CaseError(f"{file}: its list can't be read ({error}); nothing was restored") from error
    if form > FORM:
        raise CaseError(f"{file} was made by a newer cenotaph; install that one")
    if not {NAME, STORE} <= set(found):
        raise CaseError(f"{file} is no back-up of a case: it lists no {NAME} or no {STORE}")
    return found


def _named_well(name: str, hashed: str) -> bool:
    """A file of the archive is named by its hash; what else there is stands in the folder of the case itself."""
    found = _MEMBER.fullmatch(name)
    return found[2] == hashed if found else not name.startswith(("archive/", "/"))


def _begun(folder: Path) -> None:
    """A chain of its own for the copy; it goes on from what the back-up holds, and begins by saying so."""
    settings = read_settings(folder)
    if settings.store:
        write_settings(folder, replace(settings, store=""))
    engine = open_engine(folder, "")
    old = _version(engine, folder)
    engine.dispose()
    fresh = folder / "fresh"
    fresh.mkdir()
    new = open_engine(fresh, "")
    make_tables(new)
    source = open_engine(folder, "")
    with source.connect() as connection, writing(new) as copy:
        for table in EVIDENCE:
            if table is not about:
                _rows_of(table, connection, copy)
        rows = [{"key": "version", "value": old}, {"key": "chain", "value": secrets.token_hex(8)}]
        copy.execute(sa.insert(about), rows)
        tails = reached(connection)
    source.dispose()
    begun = Journal(new, folder / "case.head")
    if tails:
        with writing(new) as copy:
            begun.append(copy, "merge", "cenotaph restore", {"tails": tails})
    begun.remember()
    broken = verify(begun, Archive(folder / "archive"))
    _settled(new)
    if broken:
        raise CaseError(f"the back-up is damaged: {broken[0]}; nothing was restored")
    os.replace(fresh / STORE, folder / STORE)
    shutil.rmtree(fresh)


def _version(engine: Engine, folder: Path) -> str:
    with engine.connect() as connection:
        found = connection.execute(sa.select(about.c.value).where(about.c.key == "version")).scalar()
    if found is None:
        raise CaseError(f"{folder}: the back-up holds no case; nothing was restored")
    return str(found)
