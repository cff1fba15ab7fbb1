"""Whose attack it was: the side or state that a report names with the attack ("قصف تركي", "a Turkish drone").

"By whom" after a harm is read in circumstances.py. Reports of war say it oftener of the means than of the harm: whose
the shells, the aircraft or the bullets were. Which words tell of an attack is data ([attackers] of a language).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from cenotaph.read.language import Language
from cenotaph.read.page import Draft, Page, Scene
from cenotaph.read.text import Token
from cenotaph.vocabulary import Party, Span

_GAP = 5  # words between an attack and whose it was ("shelling with heavy artillery and rockets by ...")
_STATES = 2  # and between a weapon and its adjective of a country
HARMS = ("killed", "injured", "killed or injured", "injured or killed")


@dataclass(frozen=True, slots=True)
class _Attacker:
    """A side named with an attack: the scene and tokens it stands on, and its canonical name."""

    scene: Scene
    first: int
    last: int
    canonical: str


def attacked(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Gives each harm without an accused party the attacker of its sentence, else the only one of the report."""
    known = any("attackers" in language.table for language in page.languages)
    if not known or all(_is_known(one) or one.code not in HARMS for one in drafts):
        return drafts
    states = _States(page)
    named = {scene.number: tuple(_attackers(scene, states)) for scene in page.scenes}
    every = [one for found in named.values() for one in found]
    only = every[0] if len({one.canonical for one in every}) == 1 else None
    return [_with_attacker(draft, named[draft.sentence], only) for draft in drafts]


def _with_attacker(draft: Draft, here: Sequence[_Attacker], only: _Attacker | None) -> Draft:
    if _is_known(draft) or draft.code not in HARMS:
        return draft
    near = min(here, key=lambda one: abs(one.first - draft.trigger.first), default=None)
    if near is not None:
        return draft.having("parties", (_party(near),), _where(near), "whose the attack of its sentence was")
    if only is None or draft.parties:
        return draft
    return draft.having("parties", (_party(only),), _where(only), "the only attacker that the report names")


def _is_known(draft: Draft) -> bool:
    return any(one.canonical for one in draft.parties)


def _party(found: _Attacker) -> Party:
    return Party(found.scene.sentence.words(found.first, found.last), found.canonical)


def _where(found: _Attacker) -> Span:
    return found.scene.sentence.cut(found.first, found.last)


class _States:
    """The armed forces of a state, by its code: the one that the codes know, else "Country: army"."""

    def __init__(self, page: Page) -> None:
        self.world = page.world

    @cached_property
    def names(self) -> dict[str, str]:
        return {one.get("iso2", ""): one["name"] for one in self.world.codes("countries").get("country", ())}

    @cached_property
    def forces(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for one in self.world.codes("organisations").get("organisation", ()):
            if one["kind"] == "armed force" and one.get("country"):
                found.setdefault(one["country"], []).append(one["canonical"])
        return found

    def of(self, iso2: str) -> str:
        name = self.names.get(iso2, "")
        known = self.forces.get(name, [])
        return known[0] if len(known) == 1 else f"{name}: army" if name else ""


# --- where a sentence names one ---------------------------------------------------------------------------------------


def _attackers(scene: Scene, states: _States) -> Iterator[_Attacker]:
    """Sides and states that stand as the owner or the doer of an attack, from left to right."""
    tokens, language = scene.tokens, scene.language
    told = (language.words("attackers", key).alone.keys() for key in ("attacks", "acts", "weapons"))
    if all(words.isdisjoint(scene.forms) for words in told):
        return
    sides = list(language.sides.longest(tokens))
    for options, first, last in sides:
        itself = language.words("attackers", "attacks").has(tokens[first]) and not _aimed_at(scene, first)
        if itself or _behind_attack(scene, first, _GAP) or _before_act(scene, last):
            yield _Attacker(scene, first, last, options[0].canonical)
    inside = {at for _, first, last in sides for at in range(first, last)}
    for iso2, first, last in language.adjectives.all(tokens):
        weapon = _weapon_before(tokens, first, language) if first not in inside else None
        canonical = states.of(iso2) if weapon is not None else ""
        if weapon is not None and canonical:
            yield _Attacker(scene, weapon, last, canonical)


def _behind_attack(scene: Scene, at: int, reach: int) -> bool:
    """Whether an attack is told at most so many words before, with nothing between that makes it the target."""
    words, tokens = scene.language.words, scene.tokens
    for back in range(1, min(at, reach) + 1):
        token = tokens[at - back]
        if words("attackers", "targets").has(token) or token.text in ".;:؛،,|":
            return False
        if words("attackers", "attacks").has(token):
            return True
    return False


def _aimed_at(scene: Scene, at: int) -> bool:
    return at > 0 and scene.language.words("attackers", "targets").has(scene.tokens[at - 1])


def _before_act(scene: Scene, at: int) -> bool:
    """ "Army units shelled": a verb of attack behind the side, at once or after a word."""
    acts = scene.language.words("attackers", "acts")
    following = scene.tokens[at : at + 3]
    stop = next((n for n, token in enumerate(following) if not token.is_word and token.text not in '”"»'), 3)
    return any(acts.has(token) for token in following[:stop])


def _weapon_before(tokens: Sequence[Token], at: int, language: Language) -> int | None:
    """Where the attack or weapon begins that an adjective of a country tells of ("مسيرة تركية", "الاحتلال #الروسي")."""
    for back in range(1, min(at, _STATES + 2) + 1):
        token = tokens[at - back]
        if language.words("attackers", "weapons").has(token):
            return at - back
        if language.words("attackers", "targets").has(token) or (token.text not in '#_”"“»«' and back > _STATES):
            return None
    return None
