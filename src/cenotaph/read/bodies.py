"""Bodies of a state by their kind and country: "the Syrian foreign ministry", "Syria's foreign ministry" are one."""

from __future__ import annotations

from dataclasses import dataclass

from cenotaph.read.page import Page, Scene


@dataclass(frozen=True, slots=True)
class StateBody:
    """A ministry, an army, a police force of a country: its one name, and the tokens that name it."""

    canonical: str
    first: int
    last: int
    kind: str


def state_body(page: Page, scene: Scene, first: int, last: int) -> StateBody | None:
    """The body of a state that tokens first to last name together with its country; None where either is not said."""
    for kind, start, end in scene.language.state_bodies.longest(scene.tokens, first, last):
        found = _country_before(scene, start) or _country_after(scene, end) or _seat(scene, kind, end)
        if found:
            code, opens, closes = found
            name = next(iter(page.world.country_names(code)), code)
            canonical = _known_force(page, kind, name) or f"{name}: {kind}"
            return StateBody(canonical, min(start, opens), max(end, closes), kind)
    return None


def _country_before(scene: Scene, at: int) -> tuple[str, int, int] | None:
    """ "Israeli police", "Israel's police", "US intelligence"."""
    for length in (3, 2, 1):
        if at >= length:
            found = scene.language.countries.match(scene.tokens, at - length)
            if found and found[1] == length:
                return found[0], at - length, at
    return None


def _country_after(scene: Scene, at: int) -> tuple[str, int, int] | None:
    """ "the police of Israel", "وزارة الخارجية الإسرائيلية"."""
    of = at < len(scene.tokens) and scene.language.words("harm_words", "of").has(scene.tokens[at])
    start = at + 1 if of else at
    behind = of or scene.language.table.get("modifiers_after", False)
    found = scene.language.countries.match(scene.tokens, start) if behind and start < len(scene.tokens) else None
    return (found[0], at, start + found[1]) if found else None


def _seat(scene: Scene, kind: str, at: int) -> tuple[str, int, int] | None:
    """ "the foreign ministry in Damascus": a ministry is of the country in which it sits."""
    seated = kind in scene.language.table["voices"].get("seated", ())
    if not seated or at >= len(scene.tokens) or not scene.language.words("voices", "seat").has(scene.tokens[at]):
        return None
    mention = next((one for one in scene.mentions if one.first == at + 1 and one.entry), None)
    return (mention.entry.country, at, mention.last) if mention and mention.entry else None


def _known_force(page: Page, kind: str, country: str) -> str:
    """An army that the codes know under a name of its own."""
    if kind != "army":
        return ""
    table = page.world.codes("organisations").get("organisation", ())
    forces = [one["canonical"] for one in table if one["kind"] == "armed force" and one.get("country") == country]
    return forces[0] if len(forces) == 1 else ""
