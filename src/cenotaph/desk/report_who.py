"""Who is accused in a claim, and who says it, as rows of a form; and both as a person makes them.

A cell is named by what it is of, its row and itself: `voices:2:name`. A row whose words are emptied goes; what is not
touched stays as it was, hidden names included. The chain runs from the outlet inwards: whoever stands after the voice
that answers for the figure informed it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, get_args

from cenotaph.desk.looking import hides_somebody
from cenotaph.desk.report_text import safe_signs
from cenotaph.desk.report_words import TURNS, chosen, even, lines_up
from cenotaph.publish.cells import Unfit
from cenotaph.vocabulary import Claim, Party, Report, Span, Voice, VoiceKind, World
from cenotaph.world import load

__all__ = [
    "MOST", "PARTIES", "ROOT", "VOICES", "Rows", "Who", "blank_party", "blank_voice", "body_called", "party_rows",
    "voice_rows", "who_codes", "with_who",
]  # fmt: skip

PARTIES = ("words", "canonical", "degree", "certainty")
VOICES = ("name", "canonical", "kind", "connection", "anonymous", "protected", "place")
ROOT = "voices:root"
"""The field that holds the number of the row that answers for the figure; "0" for nobody."""
MOST = 12
"""Rows that a form may hold; no claim tells of more voices."""
LONGEST = 300
"""Letters of a name."""
_YES = ("anonymous", "protected")

Rows = list[dict[str, str]]


@cache
def who_codes(name: str) -> Sequence[str]:
    """What a coded cell may hold besides nothing. Raises KeyError for a cell that is not coded."""
    if name == "kind":
        return get_args(VoiceKind)
    return [str(one["code"]) for one in load().codes("involvement")[name]]


def party_rows(parties: Sequence[Party]) -> Rows:
    return [{name: safe_signs(getattr(one, name)) for name in PARTIES} for one in parties]


def voice_rows(voices: Sequence[Voice]) -> Rows:
    """Each with its place in the chain, counted from 1; a yes is "1"."""
    return [_voice_cells(one, at) for at, one in enumerate(voices, 1)]


def _voice_cells(one: Voice, at: int) -> dict[str, str]:
    plain = {name: safe_signs(getattr(one, name)) for name in ("name", "canonical", "kind", "connection")}
    return {**plain, **{name: "1" if getattr(one, name) else "" for name in _YES}, "place": str(at)}


def body_called(name: str, world: World) -> str:
    """The body that has this among its names; "" where none has."""
    for body in world.codes("organisations")["organisation"]:
        if name.casefold() in {str(one).casefold() for one in (body["canonical"], *body.get("aliases", ()))}:
            return str(body["canonical"])
    return ""


@dataclass
class Who:
    """The parties and voices of a claim, and what was typed in their rows.

    `shown` is the same claim's as they may be shown; `hidden` where names are hidden in the text, `heard` other voices
    of the report. `wrong` names each cell that can't be so, when both were asked for.
    """

    typed: Mapping[str, str]
    report: Report
    world: World
    near: int
    parties: Sequence[Party] = ()
    voices: Sequence[Voice] = ()
    shown: tuple[Sequence[Party], Sequence[Voice]] = ((), ())
    evidence: Sequence[tuple[str, Span]] = ()
    hidden: Sequence[Span] = ()
    heard: Sequence[Voice] = ()
    unmasked: bool = False
    wrong: dict[str, str] = field(default_factory=dict)

    def _rows(self, of: str, first: str) -> Iterator[tuple[int, dict[str, str]]]:
        """The rows that were sent, by their numbers."""
        names = PARTIES if of == "parties" else VOICES
        for at in range(1, MOST + 1):
            if f"{of}:{at}:{first}" in self.typed:
                yield at, {name: even(self.typed.get(f"{of}:{at}:{name}", "")) for name in names}

    # --- who is accused -----------------------------------------------------------------------------------------------

    def accused(self) -> tuple[tuple[Party, ...], list[Span]] | None:
        """The parties and where their words stand; None where nothing of them was changed."""
        told, spans, changed = [], [], False
        before, shown = list(self.parties), party_rows(self.shown[0])
        for at, now in self._rows("parties", "words"):
            old = before[at - 1] if at <= len(before) else None
            was = {key: even(one) for key, one in shown[at - 1].items()} if old else dict.fromkeys(PARTIES, "")
            if now == was or (old is None and not _filled(now, ("words", "canonical", "certainty"))):
                told += [old] if old else []
                continue
            changed = True
            if old is not None and not now["words"]:
                continue
            one = self._party(at, now, was, old)
            told += [one[0]] if one else []
            spans += [one[1]] if one and one[1] else []
        if not changed:
            return None
        was_named, is_named = ([one.words for one in some] for some in (before, told))
        return tuple(told), [*self.still("parties", was_named, is_named), *spans]

    def _party(
        self, at: int, now: Mapping[str, str], was: Mapping[str, str], old: Party | None
    ) -> tuple[Party, Span | None] | None:
        name = f"parties:{at}:"
        made, span = old or Party(""), None
        bad = len(self.wrong)
        if now["words"] != was["words"]:
            words, span = self._words(f"{name}words")
            made = replace(made, words=words, canonical="")
        elif not now["words"]:
            self.wrong[f"{name}words"] = "correct.who_first"
        codes = {key: self._code(f"{name}{key}", key, now[key], was[key]) for key in ("degree", "certainty")}
        if now["canonical"] != was["canonical"]:
            made = replace(made, canonical=self._free(f"{name}canonical", now["canonical"]))
        return None if len(self.wrong) > bad else (replace(made, **codes), span)

    # --- who says it --------------------------------------------------------------------------------------------------

    def chain(self) -> tuple[tuple[Voice, ...], list[Span]] | None:
        """The voices from the outlet inwards and where their names stand; None where nothing of them was changed."""
        rows = list(self._rows("voices", "name"))
        if not rows:
            return None
        told: list[tuple[float, int, Voice]] = []
        spans: list[Span] = []
        before, shown = list(self.voices), voice_rows(self.shown[1])
        for at, now in rows:
            old = before[at - 1] if at <= len(before) else None
            was = {key: even(one) for key, one in shown[at - 1].items()} if old else blank_voice(at)
            place = self._place(at, now, was)
            if {**now, "place": ""} == {**was, "place": ""} and old:
                told.append((place, at, old))
            elif now["name"] or (old is None and _filled(now, ("canonical", "connection", *_YES))):
                one = self._voice(at, now, was, old)
                told += [(place, at, one[0])] if one else []
                spans += [one[1]] if one and one[1] else []
        found = self._rooted(told)
        if found == tuple(self.voices):
            return None
        was_named, is_named = ([one.name for one in some] for some in (before, found))
        return found, [*self.still("voices", was_named, is_named), *spans]

    def _place(self, at: int, now: Mapping[str, str], was: Mapping[str, str]) -> float:
        """What was moved stands where it was put, what stood there makes room."""
        said = lines_up(now["place"])
        if said and not (said.isdecimal() and 1 <= int(said) <= MOST):
            self.wrong[f"voices:{at}:place"] = "correct.chain_place"
            return at
        if not said or said == was["place"]:
            return at
        return int(said) + (-0.5 if int(said) < at else 0.5)

    def _rooted(self, told: Sequence[tuple[float, int, Voice]]) -> tuple[Voice, ...]:
        ordered = sorted(told, key=lambda one: one[:2])
        root = self.typed.get(ROOT)
        if root is None:
            return tuple(one for _, _, one in ordered)
        if root != "0" and root not in {str(at) for _, at, _ in ordered} and not self.wrong:
            self.wrong[ROOT] = "correct.no_root"
        return tuple(replace(one, root=str(at) == root) for _, at, one in ordered)

    def _voice(
        self, at: int, now: Mapping[str, str], was: Mapping[str, str], old: Voice | None
    ) -> tuple[Voice, Span | None] | None:
        name, bad, span = f"voices:{at}:", len(self.wrong), None
        made = old or Voice("")
        if not now["name"]:
            self.wrong[f"{name}name"] = "correct.who_first"
        elif now["name"] != was["name"]:
            made, span = self._named(f"{name}name")
        if now["canonical"] != was["canonical"]:
            made = replace(made, canonical=self._free(f"{name}canonical", now["canonical"]))
        codes = {key: self._code(f"{name}{key}", key, now[key], was[key]) for key in ("kind", "connection")}
        same = now["kind"] == was["kind"] and (made.kind != "unknown" or now["kind"] == "outlet")
        made = replace(
            made, kind=made.kind if same else codes["kind"], connection=codes["connection"] or made.connection,
            anonymous=bool(now["anonymous"]) or (made.anonymous and not was["anonymous"]),
        )  # fmt: skip
        if was["connection"] and not now["connection"]:
            made = replace(made, connection="")
        made = self._protected(name, made, now, was)
        return None if len(self.wrong) > bad else (made, span)

    def _protected(self, name: str, made: Voice, now: Mapping[str, str], was: Mapping[str, str]) -> Voice:
        """Whoever becomes a private person here is protected; that is only ended by whoever sees the name."""
        if was["protected"] and not now["protected"] and not self.unmasked:
            self.wrong[f"{name}protected"] = "correct.unprotect"
        fresh = made.kind == "person" and (now["kind"] != was["kind"] or now["name"] != was["name"])
        ended = was["protected"] and not now["protected"]
        return replace(made, protected=fresh or bool(now["protected"]) or (made.protected and not ended))

    def _named(self, name: str) -> tuple[Voice, Span | None]:
        """The voice of that name: the outlet, one that the report tells of elsewhere, a body that is known, or a new
        one.
        """
        said, outlet = even(self.typed[name]), self.report.outlet
        if said == even(outlet or "the outlet"):
            return Voice(outlet or said, canonical=outlet, kind="outlet"), None
        words, span = self._words(name)
        known = next((one for one in (*self.voices, *self.heard) if one.name and one.name == words), None)
        if known is not None:
            return replace(known, root=False), span
        body = body_called(words, self.world)
        return Voice(words, body, "organisation" if body else "unknown"), span

    # --- both ---------------------------------------------------------------------------------------------------------

    def _words(self, name: str) -> tuple[str, Span | None]:
        if not self._plain(name, self.typed[name]):
            return "", None
        try:
            return chosen(self.typed, name, self.report.text, self.near, self.hidden)
        except Unfit as why:
            self.wrong[name] = str(why)
            return "", None

    def _free(self, name: str, said: str) -> str:
        if hides_somebody(said):
            self.wrong[name] = "correct.hidden"
        return said if self._plain(name, said) else ""

    def _plain(self, name: str, said: str) -> bool:
        if TURNS.search(said):
            self.wrong[name] = "correct.turns"
        elif len(said) > LONGEST:
            self.wrong[name] = "correct.too_long"
        return name not in self.wrong

    def _code(self, name: str, kind: str, now: str, was: str) -> Any:
        if now not in ("", was, *who_codes(kind)) or (kind == "kind" and not now):
            self.wrong[name] = "correct.no_code"
        return now

    def still(self, name: str, before: Sequence[str] = (), kept: Sequence[str] = ()) -> list[Span]:
        """Where it rested so far; where somebody went, only as far as it names one who is left."""
        spans = [span for key, span in self.evidence if key == name and span.end > span.start]
        if set(before) <= set(kept):
            return spans
        told = [even(one).casefold() for one in kept if one]
        found = [(span, even(span.of(self.report.text)).casefold()) for span in spans]
        return [span for span, words in found if any(words in one or one in words for one in told)]


def _filled(now: Mapping[str, str], names: Sequence[str]) -> bool:
    return any(now[name] for name in names)


def blank_party() -> dict[str, str]:
    return {**dict.fromkeys(PARTIES, ""), "degree": "carried out"}


def blank_voice(at: int) -> dict[str, str]:
    return {**dict.fromkeys(VOICES, ""), "kind": "unknown", "place": str(at)}


def with_who(claim: Claim, who: Who) -> Claim | None:
    """The claim with its parties and voices as they were typed, resting on their words; None where neither changed.

    What can't be so stands in `who.wrong` then.
    """
    fields: dict[str, Any] = {}
    evidence, assumed = list(claim.evidence), list(claim.assumed)
    for name, made in (("parties", who.accused()), ("voices", who.chain())):
        if made is not None:
            fields[name] = made[0]
            spans = list(dict.fromkeys(made[1]))
            evidence = [one for one in evidence if one[0] != name] + [(name, span) for span in spans]
            assumed = [one for one in assumed if one[0] != name]
    if not fields:
        return None
    return replace(claim, **fields, evidence=tuple(evidence), assumed=tuple(assumed))
