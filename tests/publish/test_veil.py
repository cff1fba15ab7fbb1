"""The veil looks only at what can hold words and remembers what it made of them; it hides just what a plain walk hides.

The plain walk stands here: field by field, every text by its mask, nothing remembered.
"""

from __future__ import annotations

import datetime as dt
import random
import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest

from cenotaph import vocabulary
from cenotaph.publish.hidden import Hidden
from cenotaph.publish.masking import PROTECTED, Mask
from cenotaph.publish.veil import _ID, OF_A_REPORT, OURS, PERSON, WHOLE, Veil
from cenotaph.vocabulary import (
    Claim,
    Count,
    Group,
    Harm,
    Incident,
    Interval,
    Place,
    Report,
    Root,
    Scope,
    Span,
    Toll,
    Voice,
)

# --- the plain walk -------------------------------------------------------------------------------------------------


def plain(value: Any, hidden: Hidden, mask: Mask) -> Any:
    if isinstance(value, WHOLE) or value is None:
        return value
    if isinstance(value, str):
        return value if not value or _ID.fullmatch(value) else mask(value)
    if isinstance(value, (list, tuple)):
        return type(value)(plain(one, hidden, mask) for one in value)
    if isinstance(value, Mapping):
        return {key: plain(one, hidden, mask) for key, one in value.items()}
    return plain_record(value, hidden, mask) if is_dataclass(value) else value


def plain_record(value: Any, hidden: Hidden, mask: Mask) -> Any:
    if isinstance(value, Report):
        mine = hidden.mask_of(value.id)
        return replace(value, text="", name=mine.address(value.name), url=mine.address(value.url),
                       title=mine(value.title), outlet=mine(value.outlet))  # fmt: skip
    if isinstance(value, Root):
        if value.private or mask(value.name) != value.name:
            return replace(value, name=PROTECTED, told=mask(value.told), private=True)
        return replace(value, told=mask(value.told))
    if isinstance(value, Voice) and value.protected and not is_open(value, hidden):
        return replace(value, name=PROTECTED, canonical="")
    if isinstance(value, OF_A_REPORT):
        mask = hidden.mask_of(value.report)
    ours = OURS | ({"name", "id", "path", "covers"} if type(value) is Place else set())
    names = [one.name for one in fields(value) if one.name not in ours]
    shown = {name: plain(getattr(value, name), hidden, mask) for name in names}
    if isinstance(value, Group):
        shown["names"] = ()
    if isinstance(value, Incident) and value.scope.place and value.scope.place.name:
        name = value.scope.place.name
        shown["title"] = name.join(mask(part) for part in value.title.split(name))
    if isinstance(value, Toll) and shown["root"] != value.root:
        shown["root"] = PERSON
    return replace(value, **shown)


def is_open(voice: Voice, hidden: Hidden) -> bool:
    return voice.name.casefold() in hidden.consented and hidden.mask(voice.canonical) == voice.canonical


# --- any value of the vocabulary --------------------------------------------------------------------------------------


class Word(str):
    """A text that is no plain one, as codes of a library are."""

    __slots__ = ()


REPORTS = ("report:0123456789abcdef", "report:fedcba9876543210", "report:0000000000000000")
PIECES = (
    "Salma Beispiel", "Beispiel", "salma", "Sami", "killed", "civilian", "12", "Example Monitor",
    "a resident of Baniyas", "the baker of Ejemplo", "ليلى", "وليلى", "لي\u200bلى", "Baniyas",
    "counted", "in the market,", "said\nso", "holds", "Latakia", PROTECTED, "claim:0123456789abcdef",
    "http://example.org/salma-beispiel", "José", "JOSE",
)  # fmt: skip
LONG = "counted in the market by those who were there and by nobody else, "
HIDDEN = (
    Hidden(),
    Hidden(frozenset({"Salma Beispiel"})),
    Hidden(
        frozenset({"Salma Beispiel", "Sami", "ليلى", "José Ejemplo", "Killed", "Holds"}),
        {REPORTS[0]: ["a resident of Baniyas"], REPORTS[1]: ("those who were there", "Latakia")},
        frozenset({"example monitor", "latakia", "baniyas", "counted", "12"}), frozenset({"the baker of Ejemplo"}),
    ),
    Hidden(described={REPORTS[1]: ["a resident of Baniyas"]}),
)  # fmt: skip
VEILS = [Veil(one) for one in HIDDEN]  # kept over all cases: what one remembers may not show in another
MANY = 80
"""Values of each kind, each shown by every veil, twice."""


def text(draw: random.Random) -> str:
    some = " ".join(draw.choice(PIECES) for _ in range(draw.randrange(4)))
    return draw.choice((some, some, draw.choice(PIECES), Word(some), LONG * 4 + some, draw.choice(REPORTS)))


def anything(draw: random.Random, deep: int = 2) -> Any:
    """Of JSON, as the details of a decision are."""
    if not deep or draw.random() < 0.5:
        return draw.choice((text(draw), 3, None, True, 0.5))
    below = [anything(draw, deep - 1) for _ in range(2)]
    return draw.choice((below, {"one": below[0], text(draw): below[1]}))


MADE: dict[Any, Callable[[random.Random], Any]] = {
    str: text, Any: anything, int: lambda draw: draw.randrange(4), bool: lambda draw: draw.random() < 0.5,
    float: lambda draw: draw.choice((0.0, 0.5)), type(None): lambda draw: None,
    dt.date: lambda draw: dt.date(2025, 3, 9), dt.datetime: lambda draw: dt.datetime(2025, 3, 9, tzinfo=dt.UTC),
    Harm: lambda draw: draw.choice((Harm(("killed",)), Harm(("injured", "killed")))), Span: lambda draw: Span(2, 9),
    Count: lambda draw: draw.choice((Count(0, 0), Count(1, 3), Count(2, None))),
    Interval: lambda draw: Interval(1, None, 4, "Sami"),
}  # fmt: skip


def made(hint: Any, draw: random.Random, name: str = "") -> Any:
    """A value of a type of the vocabulary, whatever fields it gets one day."""
    if name == "report":
        return draw.choice(REPORTS)
    if hint in MADE:
        return MADE[hint](draw)
    origin, args = get_origin(hint), get_args(hint)
    if origin is Literal:
        return draw.choice(args)
    if origin in (Union, types.UnionType):
        return made(draw.choice(args), draw)
    if origin is tuple and args[-1] is not Ellipsis:
        return tuple(made(one, draw) for one in args)
    if origin in (tuple, Sequence, Mapping):
        some = [made(args[-1] if origin is not tuple else args[0], draw) for _ in range(draw.randrange(3))]
        return {text(draw): one for one in some} if origin is Mapping else tuple(some) if origin is tuple else some
    assert isinstance(hint, type) and is_dataclass(hint), hint
    hints = get_type_hints(hint)
    return hint(**{one.name: made(hints[one.name], draw, one.name) for one in fields(hint)})


KINDS = [one for one in vars(vocabulary).values() if isinstance(one, type) and is_dataclass(one)]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_any_value_is_shown_as_by_the_plain_walk(kind: type[Any]) -> None:
    draw = random.Random(kind.__name__)
    for _ in range(MANY):
        value = made(kind, draw)
        before = repr(value)
        for hidden, veil in zip(HIDDEN, VEILS, strict=True):
            expected = plain(value, hidden, hidden.mask)
            assert repr(veil(value)) == repr(expected)
            assert repr(veil([value, {"one": value}])) == repr([expected, {"one": expected}])
        assert repr(value) == before


def test_any_words_are_shown_as_by_the_mask_itself() -> None:
    draw = random.Random(1)
    for _ in range(2_000):
        words, report = text(draw), draw.choice(("", *REPORTS))
        for hidden, veil in zip(HIDDEN, VEILS, strict=True):
            mask = hidden.mask_of(report) if report else hidden.mask
            assert veil.words(words, report) == plain(words, hidden, mask)


def test_the_values_hold_much_that_is_hidden() -> None:
    draw = random.Random(2)
    shown = [repr(VEILS[2](made(Claim, draw))) for _ in range(MANY)]
    assert sum(PROTECTED in one for one in shown) > MANY / 2


# --- what is remembered -----------------------------------------------------------------------------------------------


def test_every_kind_of_the_vocabulary_is_walked() -> None:
    assert {Claim, Report, Toll, Incident, Voice, Group, Place} <= set(KINDS) and len(KINDS) > 30


def test_a_value_in_which_nothing_is_hidden_is_the_very_same() -> None:
    veil = Veil(Hidden(frozenset({"Salma Beispiel"})))
    for _ in range(2):  # the second time it is remembered, of texts that are equal and not the same
        scope = Scope(Harm(("killed",)), Group("".join(["civil", "ians"])), place=Place("Baniyas", "Baniyas"))
        assert veil(scope) is scope


def test_what_one_report_hides_is_not_remembered_for_another() -> None:
    veil = VEILS[2]
    words = "a resident of Baniyas"
    assert [veil.words(words, report) for report in (*REPORTS, "", REPORTS[0])] == [
        PROTECTED, words, words, words, PROTECTED
    ]  # fmt: skip


def test_what_was_forgotten_to_make_room_is_hidden_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cenotaph.publish.veil._REMEMBERED", 2)
    monkeypatch.setattr("cenotaph.publish.veil._REPORTS", 1)
    veil = Veil(HIDDEN[2])
    for number in [*range(6), *range(6)]:
        told = f"{number} of Sami and a resident of Baniyas"
        assert veil.words(told) == f"{number} of {PROTECTED} and a resident of Baniyas"
        assert veil.words(told, REPORTS[0]) == f"{number} of {PROTECTED} and {PROTECTED}"
        assert veil.words(told, REPORTS[1]) == f"{number} of {PROTECTED} and a resident of Baniyas"
