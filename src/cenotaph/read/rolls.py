"""Rolls: names listed beside or below a word of harm ("five were killed. Their names: ..."), line by line.

A name that a sentence gives without making its bearer the
subject of a harm is put to the figure that its word of harm gave, as one of those whom it counts. A list below a word
of harm that gave no figure ("the names of the martyrs:") is a figure itself: as many as are named.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cenotaph.read.names import Name
from cenotaph.read.page import Draft, Page, Scene, Trigger
from cenotaph.read.people import Chunk
from cenotaph.read.text import Token
from cenotaph.vocabulary import Group, Quantity, Span

_HARMS = ("killed", "injured", "killed or injured")
_LINES = 25  # lines that a roll may run on below its word of harm
_BESIDE = 3  # words before a name that may say that its bearer speaks, or owns what was hit
_SOON = 2  # sentences after a harm in which somebody of an age is one of its people
_CUT = ("...", "…")


@dataclass(frozen=True, slots=True)
class _Roll:
    """Names of one harm, the word of harm that they follow, and the scene of each of both."""

    scene: Scene
    trigger: Trigger
    names: tuple[tuple[Scene, Name], ...]


def enrolled(page: Page, drafts: list[Draft]) -> list[Draft]:
    """The drafts, with the names of each roll in the group of its figure, and a figure for a roll that has none."""
    out = [one for one in drafts if not _heads_below(page.scenes[one.sentence], one)]
    for roll in _rolls(page, {_key(name) for draft in out for name in draft.group.names}):
        at = _figure(out, roll)
        if at is None:
            out.append(_counted_by_names(roll))
        else:
            out[at] = _with_names(out[at], roll)
    return out


def _heads_below(scene: Scene, draft: Draft) -> bool:
    """The last name of a roll taken with the heading of the next: a new line parts them."""
    first, last = draft.chunk.last, draft.trigger.first
    if "given_names" not in scene.language.table or not draft.group.names or not 0 < first <= last:
        return False
    return "\n" in scene.sentence.source[scene.tokens[first - 1].end : scene.tokens[last].start]


def _key(name: str) -> str:
    return " ".join(name.split()[:3])


# --- which names are of the harmed ----------------------------------------------------------------------------------


def _rolls(page: Page, told: set[str]) -> Iterator[_Roll]:
    """Names one after another, put together by the word of harm that stands last before them."""
    last: tuple[Scene, Trigger] | None = None
    held: dict[tuple[int, int], _Roll] = {}
    for scene in page.scenes:
        another: Name | None = None  # a name that is none of the harmed; one tied to it is none either
        for name in scene.named:
            here = _before(scene, name)
            owner = here or (last if last and scene.number - last[0].number <= _LINES else None)
            another = another if another and _tied(scene, another, name) else None
            if another or _speaks(scene, name) or _owns(scene, name):
                another = name
                continue
            if _key(name.full) in told or owner is None or not _is_harmed(scene, name, owner, here is not None):
                continue
            told.add(_key(name.full))
            key = owner[0].number, owner[1].first
            roll = held.get(key, _Roll(*owner, ()))
            held[key] = replace(roll, names=(*roll.names, (scene, name)))
        last = next(((scene, one) for one in reversed(scene.triggers) if _of_people(one)), last)
    yield from held.values()


def _of_people(trigger: Trigger) -> bool:
    return trigger.word.code in _HARMS and not trigger.word.objects and trigger.word.takes != "without"


def _before(scene: Scene, name: Name) -> tuple[Scene, Trigger] | None:
    """The word of harm of this sentence that a name belongs to: the last before it, else the first behind it."""
    own = [one for one in scene.triggers if not one.word.objects and one.word.takes != "without"]
    before = [one for one in own if one.first < name.first]
    chosen = before[-1:] or own[:1]
    return (scene, chosen[0]) if chosen else None


def _is_harmed(scene: Scene, name: Name, owner: tuple[Scene, Trigger], here: bool) -> bool:
    """Whether words beside a name say that it is of one of the harmed; a name in a sentence of harm need not be."""
    plain = "given_names" in scene.language.table  # where capitals tell names, their sentences do the rest
    if owner[1].word.code not in _HARMS or not (plain or name.sure):
        return False
    if not here:
        return name.sure == "listed" or (name.sure == "aged" and scene.number - owner[0].number <= _SOON)
    return bool(name.sure) or _next_to(scene, owner[1], name)


def _tied(scene: Scene, one: Name, other: Name) -> bool:
    """Whether only "and" or a comma stands between two names."""
    between = scene.tokens[one.last : other.first]
    return one.last <= other.first and len(between) < 2 and all(token.text in "،,و" for token in between)


def _next_to(scene: Scene, trigger: Trigger, name: Name) -> bool:
    """ "استشهاد سمير الراوي", "مقتل “سمير الراوي”": right behind a word of harm."""
    between = scene.tokens[trigger.last : name.first]
    return trigger.last <= name.first and len(between) <= 2 and not any(token.is_word for token in between)


def _speaks(scene: Scene, name: Name) -> bool:
    """Whether a name is of somebody who speaks or writes, or has an office: none of the harmed."""
    before = _just_before(scene, name)
    words = scene.language.words
    listed = (("voices", "persons"), ("given_names", "speaks"), ("people_words", "titles"))
    titled = [token for token in before if words("given_names", "opens").has(token)]
    return any(
        scene.language.says.of(token) or (token not in titled and any(words(*one).has(token) for one in listed))
        for token in before
    )


def _just_before(scene: Scene, name: Name) -> list[Token]:
    """The words right before a name, back to a sign that is no quotation mark or the beginning of the line."""
    out: list[Token] = []
    at = name.first
    while at > 0 and len(out) < _BESIDE:
        token = scene.tokens[at - 1]
        line = "\n" in scene.sentence.source[token.end : scene.tokens[at].start]
        if line or not (token.is_word or token.text in '“«"”»('):
            break
        out = [token, *out] if token.is_word else out
        at -= 1
    return out


def _owns(scene: Scene, name: Name) -> bool:
    """ "منزل سمير الراوي": whose house it was."""
    titles = scene.language.words("given_names", "opens")
    before = next((token for token in reversed(_just_before(scene, name)) if not titles.has(token)), None)
    return before is not None and scene.language.words("given_names", "owned").has(before)


# --- whose figure ---------------------------------------------------------------------------------------------------


def _figure(drafts: Sequence[Draft], roll: _Roll) -> int | None:
    """The draft that a roll names: of its word of harm; else the last of that harm above it which counts as many."""
    many, code = len(roll.names), roll.trigger.word.code
    own = [n for n, one in enumerate(drafts) if one.sentence == roll.scene.number and one.trigger == roll.trigger]
    if own:
        return max(own, key=lambda n: (drafts[n].quantity.base or 0, -n))
    above = [
        n
        for n, one in enumerate(drafts)
        if one.code in (code, "killed or injured") and 0 <= roll.scene.number - one.sentence <= _LINES
    ]
    fit = [n for n in above if (base := drafts[n].quantity.base) is None or base >= many]
    return max(fit, key=lambda n: (drafts[n].sentence, drafts[n].quantity.base or 0), default=None)


def _with_names(draft: Draft, roll: _Roll) -> Draft:
    names = tuple(dict.fromkeys((*draft.group.names, *(name.full for _, name in roll.names))))
    where = _where(roll)
    named = draft.having(
        "group",
        replace(draft.group, names=names),
        None if draft.group.words else where,
        "named in a roll with the figure",
    )
    if draft.quantity.base is None and draft.quantity.comparator == "plural" and len(names) > 1:
        counted = Quantity(draft.quantity.words, "at least", len(names))
        return named.having("quantity", counted, where, "as many as are named")
    return named


def _where(roll: _Roll) -> Span:
    scene = roll.names[0][0]
    last = [name.last for one, name in roll.names if one is scene]
    return scene.sentence.cut(roll.names[0][1].first, max(last))


def _counted_by_names(roll: _Roll) -> Draft:
    """A figure for people who are only named: as many as the roll has, or more where it is cut off."""
    trigger, scene = roll.trigger, roll.scene
    words = scene.sentence.words(trigger.first, trigger.last)
    names = tuple(dict.fromkeys(name.full for _, name in roll.names))
    cut = roll.names[-1][0].sentence.span.of(roll.names[-1][0].sentence.source).rstrip().endswith(_CUT)
    chunk = Chunk(
        trigger.first, trigger.last, trigger.last, trigger.first,
        Quantity(words, "at least" if cut else "exact", len(names)), Group(words, names=names), single=len(names) == 1,
    )  # fmt: skip
    return Draft.begin(scene.number, trigger, chunk).having(
        "quantity", chunk.quantity, _where(roll), "as many as are named"
    )
