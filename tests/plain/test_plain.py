"""Values go to JSON and come back as they were; what is no value is refused with what was found and expected."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cenotaph import plain, vocabulary
from cenotaph.plain.forms import ORDER
from cenotaph.vocabulary import (
    Claim,
    Coder,
    Count,
    Decision,
    Group,
    Harm,
    Interval,
    NumberRules,
    Person,
    Place,
    Problem,
    Proposed,
    Quantity,
    Report,
    Span,
    Toll,
    Voice,
)

SCHEMA = Path(__file__).parents[2] / "docs" / "schema.json"
RULES = NumberRules("plain", {"at least": (1, 1, None)}, {"12": (20, None, None), "": (2, None, None)})

NOON = dt.datetime(2025, 3, 9, 12, tzinfo=dt.UTC)

# --- values of every kind -----------------------------------------------------------------------------------------

text = st.text(max_size=12)
whole = st.integers(0, 10**9)
plain_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=5,
)
st.register_type_strategy(str, text)
st.register_type_strategy(int, whole)
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))
st.register_type_strategy(dt.datetime, st.datetimes(timezones=st.just(dt.UTC)))
st.register_type_strategy(Span, st.lists(whole, min_size=2, max_size=2).map(lambda ends: Span(*sorted(ends))))
st.register_type_strategy(
    Harm,
    st.sets(st.sampled_from(["killed", "injured", "missing"]), min_size=1).map(
        lambda codes: Harm(tuple(sorted(codes)))
    ),
)
st.register_type_strategy(Count, st.tuples(whole, whole).map(lambda ends: Count(min(ends), max(ends))))
st.register_type_strategy(
    Decision,
    st.builds(
        Decision, who=text, when=st.datetimes(timezones=st.just(dt.UTC)), verb=text, about=text,
        anchor=st.none() | st.from_type(Span), details=st.dictionaries(text, plain_json, max_size=3),
    ),
)  # fmt: skip
st.register_type_strategy(
    Proposed,
    st.builds(Proposed, verb=text, about=text, details=st.dictionaries(text, plain_json, max_size=3)),
)
KINDS = sorted(
    (kind for kind in vars(vocabulary).values() if isinstance(kind, type) and is_dataclass(kind)),
    key=lambda kind: kind.__name__,
)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_value_comes_back_as_it_went(kind: type) -> None:
    @settings(max_examples=40, deadline=None)
    @given(st.from_type(kind))
    def goes_and_comes(value: Any) -> None:
        written = json.dumps(plain.dump(value), allow_nan=False)
        assert plain.load(kind, json.loads(written)) == value

    goes_and_comes()


@settings(max_examples=40, deadline=None)
@given(st.from_type(Claim))
def test_one_value_has_one_spelling(claim: Claim) -> None:
    spelled = plain.canonical(claim)
    assert plain.canonical(plain.load(Claim, json.loads(spelled))) == spelled
    assert spelled.encode("utf-8").decode("utf-8") == spelled


def test_two_values_do_not_share_a_spelling() -> None:
    claim = a_claim()
    assert plain.canonical(claim) != plain.canonical(replace(claim, stance="hedges"))


def test_keys_are_sorted_and_arabic_stays_arabic() -> None:
    assert plain.canonical({"b": [1, None], "a": "قتل"}) == '{"a":"قتل","b":[1,null]}'


def test_half_a_character_is_spelled_so_that_it_can_be_hashed() -> None:
    assert plain.canonical({"a": "\ud83d"}).encode("utf-8") == b'{"a":"\\ud83d"}'


# --- the forms agreed upon ----------------------------------------------------------------------------------------


def a_claim(**changes: Any) -> Claim:
    report = Report.of_text("At least 745 civilians were killed.", published=dt.date(2025, 3, 9))
    known: dict[str, Any] = {
        "anchor": Span(0, 12), "trigger": Span(28, 34), "harm": Harm(("injured", "killed")),
        "coder": Coder("rules", "example", "1"),
        "quantity": Quantity("At least 745", "at least", 745), "said": dt.date(2025, 3, 8),
        "evidence": (("harm", Span(28, 34)),), "assumed": (("place", "from the report"),),
    }  # fmt: skip
    return Claim.read_as(report, Span(0, 35), **(known | changes))


def test_a_claim_is_written_in_the_order_a_reader_asks() -> None:
    order = (
        "id report harm quantity group means parties place period voices said as_of stance reach relation exclusions"
        " level quote start end anchor trigger evidence assumed coder"
    )
    assert " ".join(plain.dump(a_claim())) == order


@pytest.mark.parametrize("kind", ORDER)
def test_no_field_is_left_out_of_the_order(kind: Any) -> None:
    assert sorted(ORDER[kind].split()) == sorted(one.name for one in fields(kind))


def test_harm_span_day_and_pairs_have_their_plain_forms() -> None:
    written = plain.dump(a_claim())
    assert (written["harm"], written["anchor"], written["said"]) == ("injured or killed", [0, 12], "2025-03-08")
    assert written["evidence"] == {"harm": [28, 34]}
    assert written["assumed"] == {"place": "from the report"}
    assert written["coder"] == {"kind": "rules", "name": "example", "version": "1"}


def test_two_rules_for_one_dimension_are_both_kept() -> None:
    twice = vocabulary.Check("sum", "holds", "48 = 16 + 28 + 4", (), assumed=(("place", "one"), ("place", "other")))
    assert plain.load(vocabulary.Check, plain.dump(twice)) == twice


def test_the_output_says_what_the_rules_made_of_the_words() -> None:
    quantity = plain.shown(a_claim(), RULES)["quantity"]
    assert list(quantity)[-4:] == ["low", "best", "high", "rules"]
    assert (quantity["low"], quantity["best"], quantity["high"], quantity["rules"]) == (745, 745, None, "plain")


def test_what_the_rules_made_is_never_stored() -> None:
    claim = a_claim()
    assert plain.load(Claim, plain.shown(claim, RULES)) == claim
    assert "low" not in plain.dump(claim)["quantity"]


def test_a_share_is_taken_of_the_claim_it_names() -> None:
    whole_claim = a_claim(quantity=Quantity("100", "exact", 100))
    share = a_claim(anchor=Span(3, 8), quantity=Quantity("half", "exact", fraction=0.5, of=whole_claim.id))
    written = plain.reading([whole_claim, share], [], [], RULES)["claims"][1]["quantity"]
    assert (written["low"], written["high"]) == (50, 50)


def test_a_share_of_a_claim_that_is_not_held_is_only_some() -> None:
    share = a_claim(quantity=Quantity("half", "exact", fraction=0.5, of="claim:elsewhere"))
    assert plain.intervals([share], RULES)[share.id] == Interval(1, None, None, "plain")


# --- the schema ---------------------------------------------------------------------------------------------------


def test_the_committed_schema_is_what_the_types_say() -> None:
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == plain.schema(), (
        "python -m cenotaph.plain > docs/schema.json"
    )


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(plain.schema())


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.from_type(Claim), max_size=2),
    st.lists(st.from_type(vocabulary.Answer), max_size=2),
    st.lists(st.from_type(Problem), max_size=2),
)
def test_every_reading_fits_the_schema(
    claims: list[Claim], answers: list[vocabulary.Answer], problems: list[Problem]
) -> None:
    jsonschema.Draft202012Validator(plain.schema()).validate(plain.reading(claims, answers, problems, RULES))


@pytest.mark.parametrize(
    "crooked",
    [
        {"stance": "insists"},
        {"harm": ""},
        {"start": "0"},
        {"anchor": [1]},
        {"said": 20250308},
        {"voices": {}},
        {"extra": 1},
    ],
    ids=str,
)
def test_the_schema_refuses_what_load_refuses(crooked: dict[str, Any]) -> None:
    claim = plain.dump(a_claim()) | crooked
    with pytest.raises(ValueError):
        plain.load(Claim, claim)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(plain.schema()).validate({"claims": [claim], "answers": [], "problems": []})


# --- what is refused ----------------------------------------------------------------------------------------------

REFUSED: list[tuple[Any, Any, str]] = [
    (Span, [3], "found [3], expected [start, end]"),
    (Span, [6, 3], "[start, end]"),
    (Span, [True, 3], "[start, end]"),
    (Span, "3-6", "found '3-6'"),
    (Harm, "", "harm code"),
    (Harm, "killed or ", "harm code"),
    (Harm, ["killed"], "harm code"),
    (Quantity, [], "an object with the keys of a Quantity"),
    (Coder, {"kind": "rules", "name": "x"}, "no version, expected the keys of a Coder"),
    (Coder, {"kind": "rules", "name": "x", "version": "", "mood": ""}, "unknown mood"),
    (Coder, {"kind": "rules", "nom": "x", "version": ""}, "unknown nom and no name"),
    (
        Coder,
        {"kind": "oracle", "name": "x", "version": ""},
        "kind: found 'oracle', expected one of rules, model, person",
    ),
    (Coder, {"kind": ["rules"], "name": "x", "version": ""}, "expected one of"),
    (Coder, {"kind": "rules", "name": None, "version": ""}, "name: found None, expected text"),
    (Coder, {"kind": "rules", "name": 7, "version": ""}, "name: found 7, expected text"),
    (Count, {"low": 5, "high": 3}, "low=5, high=3"),
    (Count, {"low": True, "high": 3}, "low: found True, expected a whole number"),
    (Count, {"low": 1.0, "high": 3}, "low: found 1.0, expected a whole number"),
    (Count, {"low": 1, "high": "3"}, "high: found '3', expected a whole number, or null"),
    (Place, plain.dump(Place("Homs")) | {"lat": float("nan")}, "lat: found nan"),
    (Place, plain.dump(Place("Homs")) | {"path": "Syria"}, "path: found 'Syria', expected a list"),
    (Place, plain.dump(Place("Homs")) | {"path": ["Syria", 14]}, "path.1: found 14, expected text"),
    (Person, plain.dump(Person("x")) | {"protected": 1}, "protected: found 1, expected true or false"),
    (Claim, plain.dump(a_claim()) | {"said": "8 March 2025"}, "said: found '8 March 2025', expected a day"),
    (Claim, plain.dump(a_claim()) | {"said": "2025-03-08T10:00:00"}, "said: found"),
    (Claim, plain.dump(a_claim()) | {"evidence": {"harm": [1]}}, "evidence.harm: found [1]"),
    (Claim, plain.dump(a_claim()) | {"group": None}, "group: found None"),
    (Claim, plain.dump(a_claim()) | {"low": 3}, "unknown low"),
    (NumberRules, plain.dump(RULES) | {"spreads": {"about": [1]}}, "spreads.about: found [1], expected a list of 3"),
]


@pytest.mark.parametrize(("kind", "data", "said"), REFUSED, ids=lambda part: part if isinstance(part, str) else "")
def test_what_is_no_such_value_is_refused_with_what_was_expected(kind: type, data: Any, said: str) -> None:
    with pytest.raises(ValueError) as raised:
        plain.load(kind, data)
    assert said in str(raised.value)


@pytest.mark.parametrize(
    "crooked",
    [
        Voice("SOHR", kind="oracle"),  # type: ignore[arg-type]
        Group(names=["a list"]),  # type: ignore[arg-type]
        Place("Homs", lat=float("inf")),
        a_claim(said=NOON),
        a_claim(said="2025-03-08"),
        a_claim(harm="killed"),
        a_claim(evidence=(("harm", (1, 2)),)),
        a_claim(relation=Quantity()),
        Decision("who", NOON, "accept", "claim:1", details={"days": (1, 2)}),
        Decision("who", NOON, "accept", "claim:1", details={"day": dt.date(2025, 3, 9)}),
        Decision("who", NOON, "accept", "claim:1", details={1: "one"}),  # type: ignore[dict-item]
        {"a set": {1}},
        float("nan"),
        object(),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_crooked_value_is_not_written(crooked: Any) -> None:
    with pytest.raises(ValueError):
        plain.dump(crooked)


def test_the_message_does_not_pour_out_the_whole_value() -> None:
    with pytest.raises(ValueError) as raised:
        plain.load(Span, "x" * 10_000)
    assert len(str(raised.value)) < 200


def test_a_toll_with_its_series_and_checks_comes_back() -> None:
    figure = Interval(745, 745, None, "plain")
    toll = Toll(
        "toll:1",
        "SOHR",
        a_claim().scope,
        figure,
        series=(vocabulary.Vintage(dt.date(2025, 3, 8), "said", figure, "745", ("claim:1",)),),
    )
    assert plain.load(Toll, plain.dump(toll)) == toll
