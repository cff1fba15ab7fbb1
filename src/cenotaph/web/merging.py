"""Two people decided on one thing at once: what stands now, what the later one was about to decide, and how to go on.

Nothing of the later one's is lost. It comes back as it was filled in, and can be taken after what came between.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request

from cenotaph.case import Moved
from cenotaph.case.deciding import touched
from cenotaph.case.part import Part
from cenotaph.desk import Desk
from cenotaph.desk.requests import shown_decision
from cenotaph.plain import dump, load
from cenotaph.publish.veil import Veil
from cenotaph.vocabulary import Claim, Decision
from cenotaph.web import details
from cenotaph.web.api import answers as told
from cenotaph.web.deciding import Overtaken, about, claim_in, desk_of, newest
from cenotaph.web.entering import inside
from cenotaph.web.routes import is_in
from cenotaph.web.speech import Speech
from cenotaph.web.texts import Texts

__all__ = ["Merge", "as_json", "found_moved", "merge"]

SEEN = "seen"
"""Fields of a form whose names begin so hold the newest decision that its page knew of."""
NOT_TOLD = ("why", "back", "verb", "about", "report")
"""Fields of a form that are shown apart, or lead somewhere."""
OURS = ("seen", "code", "digest", "anchors", "steady", "rows", "claim")
"""Details that the program wrote beside what was decided, and the claim, which is shown field by field."""
FIELDS = ("harm", "quantity", "group", "means", "place", "period", "parties", "voices", "said", "as_of", "stance",
          "reach", "level", "relation", "exclusions")  # fmt: skip
ON_CLAIMS = ("accept", "correct", "reject")
LONGEST = 600
"""Letters of one value that are shown; what goes on is whole."""
ID = re.compile(r"(claim|report|incident|episode|problem|assessment|decision):\w+")
Rows = list[tuple[str, str, str, str]]


@dataclass(frozen=True, slots=True)
class Between:
    """A decision that came between, as it may be shown."""

    decision: Decision
    told: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Merge:
    """What the page shows. `fields` are the rows (field, before, theirs, yours) in which claims differ; `told` what the
    person filled in; `hidden` the form as it goes on, `action` where; `undoes` whether theirs is taken back first.
    """

    about: str
    words: str
    since: Sequence[Between]
    verb: str
    why: str
    fields: Rows
    told: Sequence[tuple[str, str]]
    hidden: Sequence[tuple[str, str]]
    action: str
    undoes: bool
    keep: str
    edit: str


# --- where it is noticed ----------------------------------------------------------------------------------------------


def found_moved(request: Request, error: Exception, form: Sequence[tuple[str, str]]) -> Moved | None:
    """What a refusal of a form comes from where somebody decided meanwhile: a claim that is corrected may be gone
    before anybody looks at how far it moved.
    """
    if isinstance(error, Moved):
        return error
    known = [value for name, value in form if name.startswith(SEEN)]
    if not known:
        return None
    named = [value for name, value in form if not name.startswith(SEEN)] + [*map(str, request.path_params.values())]
    history = desk_of(request).history.all
    for one in dict.fromkeys(value for value in named if ID.fullmatch(value)):
        told = [decision for decision in history if one in touched(decision)]
        at = next((at for at, decision in enumerate(told, 1) if decision.id in known), 0)
        if told[at:] and (at or "" in known):
            return Moved(one, told[at:])
    return None


# --- as a page --------------------------------------------------------------------------------------------------------


def merge(request: Request, moved: Moved, form: Sequence[tuple[str, str]], words: Texts) -> Merge:
    """All that the page shows of a decision that came too late; masked as everything is."""
    desk = desk_of(request)
    veil = desk.veil if not (is_in(request) and request.session.get("unmasked")) else None
    mine = _mine(moved, form)
    part = about(desk, *moved.since, *([mine] if mine else []))
    now = claim_in(part, moved.about, moved.since)
    undo = _to_undo(moved) if moved.about.startswith("claim:") and now is None else []
    shown: Callable[[str], str] = veil.words if veil else str
    show = _Shown(words, veil)
    back = inside(dict(form).get("back", ""), "")
    edit = _page_of(moved, now, part) or back or "/"
    return Merge(
        moved.about, _words(moved, veil), [show.between(one) for one in moved.since], mine.verb if mine else "",
        mine.why if mine else "", show.fields(moved, mine, now),
        [(name, shown(value)) for name, value in show.filled(form, mine)],
        [*_onwards(form, moved, desk)], _action(request, undo), bool(undo), back or edit, edit,
    )  # fmt: skip


def _mine(moved: Moved, form: Sequence[tuple[str, str]]) -> Decision | None:
    """What the person was about to decide: as it was checked, else as far as the form tells."""
    if isinstance(moved, Overtaken):
        return next((one for one in moved.asked if moved.about in touched(one)), moved.asked[0])
    told = dict(form)
    if not told:
        return None
    return Decision("", moved.since[-1].when, told.get("verb", ""), moved.about, told.get("why", ""))


def _to_undo(moved: Moved) -> list[str]:
    """Theirs, the latest first, where it took away what mine is about."""
    return [one.id for one in reversed(moved.since) if one.verb in ("reject", "correct")]


def _onwards(form: Sequence[tuple[str, str]], moved: Moved, desk: Desk) -> Iterator[tuple[str, str]]:
    """The form again, with the decision that is the newest now in the place of the one it knew."""
    before = moved.seen.get(moved.about) if isinstance(moved, Overtaken) else None
    now = newest(desk, moved.about)
    for name, value in form:
        if name == "why":
            continue  # a field of its own, so that it can be said otherwise
        yield name, now if name.startswith(SEEN) and (before is None or value == before) else value


def _action(request: Request, undo: Sequence[str]) -> str:
    """Where the form went; by way of what takes theirs back, if it did away with what mine is about."""
    path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    if request.url.path == "/decide/over":
        path = inside(request.query_params.get("to", "/"))
    return f"/decide/over?{urlencode([('to', path), *(('undo', one) for one in undo)])}" if undo else path


def _page_of(moved: Moved, now: Claim | None, part: Part) -> str:
    """The page of what was decided on, where it can be looked at again."""
    kind, report = moved.about.split(":")[0], next((one.report for one in moved.since if one.report), "")
    if kind == "claim":
        where = now.report if now else report
        return f"/report/{quote(where)}#{quote(now.id if now else moved.about)}" if where else ""
    if kind == "report":
        return f"/report/{quote(moved.about)}"
    if kind in ("incident", "episode"):
        return f"/incidents/{quote(moved.about)}"
    return f"/report/{quote(report)}" if report and report in part.ids else ""


def _words(moved: Moved, veil: Veil | None) -> str:
    """The words that it is about."""
    one = next((one for one in moved.since if one.quote), None)
    return "" if one is None else veil.words(one.quote, one.report) if veil else one.quote


# --- in words ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Shown:
    """Values of decisions as text of the interface's language."""

    texts: Texts
    veil: Veil | None

    @property
    def _say(self) -> Speech:
        return Speech(self.texts, unmasked=self.veil is None)

    def between(self, one: Decision) -> Between:
        shown = shown_decision(one, self.veil)
        return Between(shown, [*self._details(shown)])

    def _details(self, one: Decision) -> Iterator[tuple[str, str]]:
        said = {key: value for key, value in one.details.items() if key not in OURS}
        for name, value in details.told(self._say, one.verb, said):
            yield name, _short(value)

    def fields(self, moved: Moved, mine: Decision | None, now: Claim | None) -> Rows:
        """Where the claim as it was, as it stands, and as the person has it, are not the same."""
        before = _claim(next((one.details.get(SEEN) for one in moved.since if one.verb in ON_CLAIMS), None))
        yours = _claim(mine.details.get("claim")) if mine and mine.verb in ("correct", "add") else before
        told = [self._claim(one) if one else {} for one in (before, now, yours)]
        if before is None:
            return []
        names = [name for name in FIELDS if len({one.get(name, "") for one in told}) > 1]
        if mine is not None and mine.verb == "reject":
            told[2] = {}
        gone = {name: "–" for name in names}
        rows = [(gone | one if one else gone) for one in told]
        return [(self.texts.code("field", name), *(one[name] or "–" for one in rows)) for name in names]  # type: ignore[misc]

    def _claim(self, claim: Claim) -> dict[str, str]:
        one, say = self.veil(claim) if self.veil else claim, self._say
        number = one.quantity
        figure = (
            number.words, self.texts.code("comparator", number.comparator), number.base, number.upper, number.fraction,
        )  # fmt: skip
        return {
            "harm": say.harm(one.harm),
            "group": " · ".join(part for part in (one.group.words, *self._facets(one)) if part),
            "quantity": " · ".join(
                part if isinstance(part, str) else self.texts.number(part) for part in figure if part not in (None, "")
            ),
            "means": " · ".join(part for part in (one.means.words, self.texts.code("means", one.means.code)) if part)
            if one.means else "", "place": say.place(one.place),
            "period": say.period(one.period), "parties": say.parties(one.parties), "voices": say.chain(one.voices),
            "said": say.day(one.said), "as_of": say.day(one.as_of),
            **{name: self.texts.code(name, getattr(one, name)) for name in ("stance", "reach", "level")},
            "relation": self.texts.code("tie", one.relation.kind) if one.relation else "",
            "exclusions": " · ".join(say.people(group) for group in one.exclusions),
        }  # fmt: skip

    def _facets(self, claim: Claim) -> Iterator[str]:
        of = claim.group
        yield from (self.texts.code("status", of.status), of.affiliation, of.identity)
        yield from (self.texts.code("sex", of.sex), self.texts.code("age", of.age))

    def filled(self, form: Sequence[tuple[str, str]], mine: Decision | None) -> Iterator[tuple[str, str]]:
        """What the person filled in besides the reason; of a claim in JSON only what it changes, in its own table."""
        told = [(name, value) for name, value in form if name not in NOT_TOLD and not name.startswith(SEEN)]
        if not told and mine is not None:
            yield from self._details(mine)
        for name, value in told:
            if value.strip() and name != "claim:json":
                plain = name.split(":")[0].removesuffix("[]")
                yield details.label(self.texts, plain), _short(details.value(self._say, plain, value))


def _claim(told: object) -> Claim | None:
    """A claim as it lies in a decision; None for none, and for one of an older form."""
    if not isinstance(told, Mapping):
        return None
    try:
        return load(Claim, told)
    except ValueError:
        return None


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[:LONGEST]}…"


# --- as JSON ----------------------------------------------------------------------------------------------------------


def as_json(request: Request, moved: Moved) -> dict[str, Any]:
    """Both sides, and the token with which mine can be taken after theirs."""
    desk = desk_of(request)
    veil = None if is_in(request) and request.session.get("unmasked") else desk.veil
    asked = list(moved.asked) if isinstance(moved, Overtaken) else []
    since = tuple(told.MadeDecision(one.id, shown_decision(one, veil)) for one in moved.since)
    mine = tuple(shown_decision(one, veil) for one in asked)
    found = told.Moved(str(moved), moved.about, since, mine, {moved.about: newest(desk, moved.about)})
    plain: dict[str, Any] = dump(found)
    return plain
