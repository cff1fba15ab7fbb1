"""What the API tells of those who speak, who carry it on, who were harmed, and who asked for something."""

from __future__ import annotations

from cenotaph.desk import people, tables
from cenotaph.desk import requests as desk_requests
from cenotaph.desk import roots as desk_roots
from cenotaph.web.api import answers as told
from cenotaph.web.api.as_told import as_told
from cenotaph.web.api.asking import Looking

__all__ = ["pairs", "requests", "root", "roots", "victim", "victims", "voice", "voices"]

# --- roots ------------------------------------------------------------------------------------------------------------


def roots(look: Looking, first: int, *, named: bool) -> told.Roots:
    """Those with most claims first."""
    found = desk_roots.roots(look.desk, first, named=named, unmasked=look.unmasked)
    return told.Roots(tuple(_line(look, one) for one in found.lines), found.first, found.total)


def _line(look: Looking, one: desk_roots.Root) -> told.RootLine:
    name = desk_roots.named_by(look.desk, one.address) if one.address.startswith("~") else one.name
    pairs = desk_roots.tethered(look.desk, name) if name else 0
    return as_told(told.RootLine, one, root=one.name, pairs=pairs)


def root(look: Looking, asked: str, first: int) -> told.OneRoot | None:
    """By its name or its address; None where nobody is called so."""
    name = desk_roots.named_by(look.desk, asked)
    if not name or (not asked.startswith("~") and look.words(name) != name):
        return None  # nor does a hidden name find anybody
    found = desk_roots.root(look.desk, asked, first, unmasked=look.unmasked)
    if found is None:
        return None
    series = tuple(told.SeriesOf(title, toll) for toll, title in found.series)
    claims = tuple(look.claim_lines([str(one["claim"]) for one in found.claims]))
    return as_told(told.OneRoot, found, root=_line(look, found.root), series=series, claims=claims)


# --- voices -----------------------------------------------------------------------------------------------------------


def voices(look: Looking, first: int, *, kind: str = "", words: str = "") -> told.Voices:
    found = people.voices(look.desk, first, kind=kind, words=words, unmasked=look.unmasked)
    items = tuple(as_told(told.VoiceLine, one) for one in found.lines)
    return as_told(told.Voices, found, items=items)


def voice(look: Looking, handle: str) -> told.OneVoice | None:
    found = people.speaker(look.desk, handle.removeprefix("~"), unmasked=look.unmasked)
    if found is None:
        return None
    claims = tuple(look.claim_lines([str(one["claim"]) for one in found.claims]))
    return told.OneVoice(as_told(told.VoiceLine, found.one), claims, found.is_root)


# --- victims ----------------------------------------------------------------------------------------------------------


def victims(
    look: Looking, first: int, *, fate: str = "", words: str = "", incident: str = "", row: str = ""
) -> told.Victims:
    found = people.victims(look.desk, first, fate=fate, words=words, incident=incident, row=row, unmasked=look.unmasked)
    return as_told(told.Victims, found, items=tuple(_victim(one) for one in found.lines))


def victim(look: Looking, key: str, *, incident: str = "") -> told.VictimLine | None:
    found = people.victim(look.desk, key, incident=incident, unmasked=look.unmasked)
    return None if found is None else _victim(found)


def _victim(one: people.Row) -> told.VictimLine:
    return as_told(told.VictimLine, one, reports=tuple(dict.fromkeys(key for key, _ in one.reports)))


def pairs(look: Looking, first: int) -> told.Pairs:
    found, total = people.pairs(look.desk, first, unmasked=look.unmasked)
    table = tables.problems.c
    held = look.some_problems([table.problem.in_([one.problem.id for one in found])], 0, len(found))
    known = {one.id: one for one in held}
    items = tuple(
        told.Pair(known[one.problem.id], *(None if each is None else _victim(each) for each in (one.one, one.other)))
        for one in found if one.problem.id in known
    )  # fmt: skip
    return told.Pairs(items, first, total)


# --- requests ---------------------------------------------------------------------------------------------------------


def requests(look: Looking, first: int) -> told.Requests:
    found = desk_requests.asked(look.desk, first, unmasked=look.unmasked)
    return as_told(told.Requests, found, items=tuple(as_told(told.RequestLine, one) for one in found.lines))
