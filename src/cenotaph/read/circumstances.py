"""By whom, how far and how sure: accused parties, reach, level and who is left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cenotaph.calculus.sites import is_site
from cenotaph.read.page import Draft, Page, Scene
from cenotaph.read.people import Chunk
from cenotaph.read.periods import of_count
from cenotaph.read.ties import id_of, whole_of
from cenotaph.vocabulary import Group, Level, Party, Reach, Span

_LAID = ("landmine", "ied")  # what is laid by one day and kills on another
_BESIDE = 4  # tokens behind "of" that say what a thing is left of
_SETTLED = 7  # days after which a figure of one day is still of that day, and no total that grows with it
_OLD = 400  # days: what ended longer ago than a year and a bit is background to today's report


# --- by whom ------------------------------------------------------------------------------------------------------


def by_whom(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Who is accused: "by" after the harm, or who stands before an active verb."""
    return [_accused(page.scenes[draft.sentence], draft) for draft in drafts]


def _accused(scene: Scene, draft: Draft) -> Draft:
    found = _by_phrase(scene, draft) or (_subject(scene, draft) if draft.active else None) or _whose(scene, draft)
    if not found:
        return draft
    first, last = found
    where = scene.sentence.cut(first, last)
    certain = next(
        (token.norm for token in scene.tokens[first:last] if scene.language.words("parties", "certainty").has(token)),
        "",
    )
    side = [
        one.canonical for options, _, _ in scene.language.sides.all(scene.tokens, first, last) for one in options[:1]
    ]
    party = Party(where.of(scene.sentence.source), side[0] if side else "", certainty=certain)
    return draft.having("parties", (party,), where)


def _by_phrase(scene: Scene, draft: Draft) -> tuple[int, int] | None:
    hidden = {at for first, last in scene.says("parties", "not_by") for at in range(first, last)}
    for first, last in scene.says("parties", "by", draft.trigger.last):
        if first in hidden or first - max(draft.trigger.last, draft.chunk.last) > 8:
            continue
        end = _phrase_end(scene, last)
        if _holds_actor(scene, last, end):
            return last, end
    return None


def _whose(scene: Scene, draft: Draft) -> tuple[int, int] | None:
    """ "a landmine of the army": whose the thing was that lay in wait, behind its "of"."""
    means = draft.where("means")
    laid = draft.means is not None and draft.means.code in _LAID and means is not None
    at = next((n for n, token in enumerate(scene.tokens) if means and token.end == means.end), None) if laid else None
    of = scene.language.words("harm_words", "of")
    if at is None or at + 2 >= len(scene.tokens) or not of.has(scene.tokens[at + 1]):
        return None
    end = _phrase_end(scene, at + 2)
    return (at + 2, end) if _holds_actor(scene, at + 2, end) and not _is_thing(scene, at + 2, end) else None


def _is_thing(scene: Scene, first: int, last: int) -> bool:
    """ "the war's remnants", "remnants of the long war": words for a thing, though nouns for people stand in them."""
    of = last + 1 < len(scene.tokens) and scene.language.words("harm_words", "of").has(scene.tokens[last])
    end = last + _BESIDE if of else last
    told = any(start < end and first < stop for _, start, stop in scene.language.means.all(scene.tokens))
    left = scene.language.words("parties", "leftovers").has(scene.tokens[first])
    return told or (left and any(scene.language.words("parties", "of_war").has(one) for one in scene.tokens[first:end]))


def _phrase_end(scene: Scene, first: int) -> int:
    end = first
    while end < len(scene.tokens) and end - first < 14 and not _stops(scene, end, first):
        end += 1
    return end


def _stops(scene: Scene, at: int, first: int) -> bool:
    token = scene.tokens[at]
    if token.text in '.,;:()“”"—–' or scene.language.says.of(token):
        return True
    if any(amount.first == at for amount in scene.amounts) and at > first:
        return True
    small = scene.language.words("parties", "ends").has(token)
    return small and at > first


def _holds_actor(scene: Scene, first: int, last: int) -> bool:
    if any(scene.language.words("parties", "actors").has(token) for token in scene.tokens[first:last]):
        return True
    if any(True for _ in scene.language.sides.all(scene.tokens, first, last)):
        return True
    armed = ("armed group", "armed forces", "security forces")
    inside = [one for one in scene.chunks if first <= one.head < last and (one.first == first or not one.pronoun)]
    return any(one.group.status in armed or one.single for one in inside)


def _subject(scene: Scene, draft: Draft) -> tuple[int, int] | None:
    """The group before an active verb ("gunmen killed twelve"), unless it is the harmed."""
    inner = [one for one in scene.chunks if draft.trigger.last <= one.first and one.last <= draft.chunk.first]
    if inner and not inner[0].number and scene.language.table.get("verb_first") and _can_act(scene, inner[0]):
        return inner[0].first, inner[0].last
    at = draft.trigger.first
    while at > 0 and scene.language.words("harm_words", "auxiliaries").has(scene.tokens[at - 1]):
        at -= 1
    found = [
        one
        for one in scene.chunks
        if one.last <= at and not one.pronoun and at - one.last <= 12 and one.first != draft.chunk.first
    ]
    acting = [one for one in found if _can_act(scene, one)]
    if acting:
        return acting[-1].first, acting[-1].last
    end = _side_before(scene, at)
    return end


def _can_act(scene: Scene, chunk: Chunk) -> bool:
    if chunk.first and scene.tokens[chunk.first - 1].norm in ("of", "on", "against", "in"):
        return False
    if _is_thing(scene, chunk.first, chunk.last):
        return False
    named = any(
        scene.language.words("parties", "actors").has(token) for token in scene.tokens[chunk.first : chunk.last]
    )
    return named or chunk.group.status in ("armed group", "armed forces", "security forces")


def _side_before(scene: Scene, at: int) -> tuple[int, int] | None:
    near = [(first, last) for _, first, last in scene.language.sides.all(scene.tokens, max(0, at - 10), at)]
    found = [one for one in near if not _is_thing(scene, *one)]
    return found[-1] if found else None


# --- reach, level, exclusions -------------------------------------------------------------------------------------


def how_far(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Event, running total, increment or background; and for a running total the instant up to which it counts."""
    out: list[Draft] = []
    known: dict[int, Draft] = {}
    for draft in drafts:
        reaching = _as_its_whole(_reaching(page, draft), whole_of(draft, known))
        known.setdefault(id_of(reaching), reaching)
        out.append(reaching)
    return [_as_taken_up(draft, out) for draft in out]


def _as_taken_up(draft: Draft, drafts: Sequence[Draft]) -> Draft:
    """A figure leaves out whom it is said to leave out where it is taken up again ("The 300 did not include ...")."""
    again = [one for one in drafts if one.tie == "restates" and one.whole == id_of(draft) and one.exclusions]
    if draft.exclusions or not again:
        return draft
    rule = "who is left out where the figure is taken up again"
    return draft.having("exclusions", again[0].exclusions, again[0].where("exclusions"), rule)


def _as_its_whole(draft: Draft, whole: Draft | None) -> Draft:
    """A part of those who are held or missing on a day holds for that day, and for no other."""
    lent = ("period", "days of the whole it is part of") in draft.assumed
    if whole is None or whole.period or not lent:
        return draft
    rule = "day of the whole it is part of"
    return draft.without("period").having("as_of", whole.as_of, rule=rule) if whole.as_of else draft.without("period")


def _reaching(page: Page, draft: Draft) -> Draft:
    scene = page.scenes[draft.sentence]
    reach, where = _reach(page, scene, draft)
    draft = draft.having("reach", reach, where)
    if reach == "running total" and _stands(page, scene, draft):
        draft = _as_of_its_day(draft)
    if reach == "running total" and draft.said:
        draft = draft.having("as_of", draft.said, rule="a running total counts up to the day it was said")
    level, said = _level(scene, draft)
    draft = draft.having("level", level, said) if said else draft
    return _excluding(page, scene, draft)


def _reach(page: Page, scene: Scene, draft: Draft) -> tuple[Reach, Span | None]:
    old = None if any(scene.says("days", "not_background")) else next(scene.says("days", "background"), None)
    old = old or _another_war(draft, scene)
    if old or _long_ago(page, draft):
        return "background", scene.sentence.cut(*old) if old else None
    if draft.code == "displaced" and (fled := next(scene.says("days", "sheltered"), None)):
        return "background", scene.sentence.cut(*fled)
    if draft.reach == "increment":
        return "increment", None
    if _of_one_site(draft) or (_of_one_day(page, draft) and not _stands(page, scene, draft)):
        return "event", None
    if draft.old:
        return "running total", None
    if draft.period and draft.period.of == "recorded":
        return "event", None
    if _stands(page, scene, draft) and not draft.tie.startswith(("part", "overlay")):
        return "running total", None
    if draft.tie in ("part", "overlay") and not list(scene.says("days", "running")):
        return "event", None
    running = next((found for found in scene.says("days", "running")), None)
    if _of_tally(page, scene, draft):
        return "running total", None
    if any(True for _ in scene.says("days", "own_war")) and draft.chunk.number:
        return "running total", None
    if draft.trigger.word.takes == "total" or (draft.period and draft.period.start and draft.period.end is None):
        return "running total", scene.sentence.cut(*running) if running else None
    if running and draft.chunk.number and draft.quantity.comparator != "plural":
        return "running total", scene.sentence.cut(*running)
    return "event", None


def _of_one_site(draft: Draft) -> bool:
    """Whether it counts what was done at one building or gathering; "since" a day it would be a record of the site."""
    record = draft.period is not None and draft.period.start is not None and draft.period.end is None
    return is_site(draft.place) and not record


def _of_one_day(page: Page, draft: Draft) -> bool:
    """Whether it counts those of one past day, however its number came to be known since."""
    period = draft.period
    told = period is not None and period.of == "happened" and period.start == period.end and period.start is not None
    past = told and period is not None and period.end is not None and page.today is not None
    return bool(past and period and period.end and page.today and (page.today - period.end).days > _SETTLED)


def _stands(page: Page, scene: Scene, draft: Draft) -> bool:
    """Whether a figure says how many are held or missing on a day: a stock, which may fall."""
    harms = page.world.codes("harms").get("harm", ())
    stock = any(one["code"] == draft.code and one["counts"] == "stock" for one in harms)
    return stock and draft.chunk.number is not None and any(True for _ in scene.says("days", "standing"))


def _as_of_its_day(draft: Draft) -> Draft:
    """The day in the words of a stock is the one that it holds for, not one on which people were taken."""
    period = draft.period
    if period is None or period.end is None:
        return draft
    own = not any(name == "period" for name, _ in draft.assumed) and period.start == period.end and not draft.old
    if own and not draft.said:
        draft = draft.having("as_of", period.end, draft.where("period"))
    return draft.without("period")


def _of_tally(page: Page, scene: Scene, draft: Draft) -> bool:
    """Whether a figure stands in the list or tally of a day, which the sentence before may have named."""
    if of_count(page, scene):
        return draft.chunk.number is not None
    goes_on = scene.number > 0 and scene.language.words("voices", "pronouns").has(scene.tokens[0])
    return goes_on and draft.said is not None and of_count(page, page.scenes[scene.number - 1])


def _another_war(draft: Draft, scene: Scene) -> tuple[int, int] | None:
    """ "since the war began": background where neither its day nor a statement of a day says that it goes on."""
    told = draft.said is not None or (draft.period is not None and draft.period.precision == 1)
    return None if told else next(scene.says("days", "own_war"), None)


def _long_ago(page: Page, draft: Draft) -> bool:
    """Whether all is long past: an end, or the beginning of a period that has none."""
    period = draft.period
    if period and period.end is None and period.precision == 1:
        return False  # "since 15 April 2023", a year on: what goes on; "since 2011" is the history of it
    last = period and (period.end or period.start)
    return bool(page.today and last and (page.today - last).days > _OLD)


def _level(scene: Scene, draft: Draft) -> tuple[Level, Span | None]:
    levels: tuple[Level, ...] = ("verified", "identified", "documented", "estimated")
    for level in levels:
        for first, last in scene.says("levels", level):
            return level, scene.sentence.cut(first, last)
    if draft.quantity.comparator == "between" and draft.code not in ("abducted", "detained", "missing"):
        for first, last in scene.says("levels", "put"):  # who puts the dead "at between 10 and 20" has counted none
            return "estimated", scene.sentence.cut(first, last)
    return draft.level, None


def _excluding(page: Page, scene: Scene, draft: Draft) -> Draft:
    """ "not counting members of non-state armed groups": the groups that a figure leaves out."""
    following = page.scenes[draft.sentence + 1] if draft.sentence + 1 < len(page.scenes) else None
    if following and not following.triggers and _speaks_on(following):
        out = _left_out(following, draft)
        if out:
            return out
    return _left_out(scene, draft) or draft


def _speaks_on(scene: Scene) -> bool:
    return any(True for _ in scene.says("parts", "looks_back")) or scene.tokens[0].norm in ("it", "this", "that")


def _left_out(scene: Scene, draft: Draft) -> Draft | None:
    for first, _ in scene.says("levels", "excluded"):
        groups = [
            chunk for chunk in scene.chunks if chunk.last <= first and first - chunk.last <= 3 and not chunk.pronoun
        ]
        if groups and draft.chunk.number:
            return _without(scene, draft, groups[-1])
    for _, last in scene.says("levels", "excludes"):
        groups = [chunk for chunk in scene.chunks if chunk.first >= last and chunk.first - last <= 2]
        if groups and groups[0].pronoun and not groups[0].single and draft.chunk.number:
            return None
        if groups and groups[0].first != draft.chunk.first and groups[0].pronoun:
            return _without(scene, draft, replace(groups[0], last=_clause_end(scene, groups[0].last)))
        if groups and groups[0].first != draft.chunk.first:
            return _without(scene, draft, groups[0])
    return None


def _clause_end(scene: Scene, at: int) -> int:
    """Where "anyone killed at the bakery" ends: at the next sign."""
    return next((n for n in range(at, len(scene.tokens)) if not scene.tokens[n].is_word), len(scene.tokens))


def _without(scene: Scene, draft: Draft, chunk: Chunk) -> Draft:
    where = scene.sentence.cut(chunk.first, chunk.last)
    return draft.having("exclusions", (replace(chunk.group, words=where.of(scene.sentence.source)),), where)


def drop_excluded(page: Page, drafts: Sequence[Draft]) -> list[Draft]:
    """Groups that are only named as left out are no claims."""
    return [draft for draft in drafts if not any(_names(group, draft) for one in drafts for group in one.exclusions)]


def _names(group: Group, draft: Draft) -> bool:
    anyone = draft.chunk.pronoun and group.words.startswith(f"{draft.quantity.words} ")
    return (draft.group.words == group.words or anyone) and not draft.chunk.number
