"""What does not fit a form or an address is said in our words: which field, and what was expected of it."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any, Literal, get_args

import pytest
from pydantic import AfterValidator, Field, TypeAdapter, ValidationError
from pydantic_core.core_schema import ErrorType
from starlette.testclient import TestClient

from cenotaph.web.texts import LANGUAGES, texts
from cenotaph.web.wrong import EXPECTED, misfit

HOSTILE = "<b>\u202e{0}"


def refused(expected: Any, given: object) -> dict[str, Any]:
    """The error that the check of a field makes, as the server tells it."""
    try:
        TypeAdapter(expected).validate_python(given)
    except ValidationError as error:
        return {**error.errors()[0], "loc": ("query", "from")}
    pytest.fail(f"{given!r} passed as {expected}")


def known_word(given: str) -> str:
    if given != "new":
        raise ValueError("expected one of new")
    return given


CASES = [
    (int, "x", "a whole number is expected"),
    (int, "1.5", "a whole number is expected"),
    (int, "9" * 5_000, "a whole number is expected"),
    (int, HOSTILE, "a whole number is expected"),
    (float, "", "a number is expected"),
    (Annotated[float, Field(allow_inf_nan=False)], "nan", "a number is expected"),
    (str, ["a"], "words are expected"),
    (str, b"\xff", "words are expected"),
    (bool, "perhaps", "true or false is expected"),
    (dt.date, "8 March", "a day is expected, written as 2025-03-08"),
    (dt.date, "2025-13-40", "a day is expected, written as 2025-03-08"),
    (dt.date, "2025-03-08T10:00", "a day is expected, written as 2025-03-08"),
    (dt.datetime, "noon", "a day and an hour are expected, written as 2025-03-08T12:00:00Z"),
    (list[int], "1", "a list is expected"),
    (Literal["read", "read twice"], HOSTILE, "one of these is expected: read, read twice"),
    (Annotated[int, Field(le=10**9)], 10**9 + 1, "a number no larger than 1,000,000,000 is expected"),
    (Annotated[int, Field(ge=0)], -1, "a number no smaller than 0 is expected"),
    (Annotated[int, Field(lt=2)], 2, "a number smaller than 2 is expected"),
    (Annotated[int, Field(gt=2)], 2, "a number larger than 2 is expected"),
    (Annotated[str, Field(max_length=2_000)], "a" * 2_001, "the number of letters can be no larger than 2,000"),
    (Annotated[str, Field(min_length=3)], "a", "the number of letters can be no smaller than 3"),
    (Annotated[list[str], Field(max_length=1)], ["a", "b"], "a list no longer than 1 is expected"),
    (Annotated[list[str], Field(min_length=1)], [], "a list no shorter than 1 is expected"),
    (Annotated[str, AfterValidator(known_word)], HOSTILE, "expected one of new"),
    (Annotated[str, Field(pattern="^a$")], HOSTILE, "what was given does not fit here"),
    (Annotated[int, Field(multiple_of=3)], 4, "what was given does not fit here"),
]


@pytest.mark.parametrize(("expected", "given", "told"), CASES)
def test_each_kind_of_error_is_told_in_our_words_in_both_languages(expected: Any, given: object, told: str) -> None:
    error = refused(expected, given)
    assert misfit(error, texts("en")) == f"the first line to show: {told}"
    arabic = misfit(error, texts("ar"))
    assert arabic.startswith("أول سطر يعرض: ")
    without = re.sub("[\u2066\u2068][^\u2069]*\u2069|true|false", "", arabic)
    assert not re.search("[A-Za-z<\u202e]", without) and error["msg"] not in arabic


def test_a_field_that_is_missing_is_named() -> None:
    error = {"type": "missing", "loc": ("body", "why"), "msg": "Field required"}
    assert misfit(error, texts("en")) == "why: it is needed, and nothing was given"


def test_a_kind_that_nobody_foresaw_has_words_of_ours_too() -> None:
    error = {"type": "kind_of_tomorrow", "loc": (), "msg": "Input should be tomorrow", "ctx": {"error": "tomorrow"}}
    assert [misfit(error, texts(one)) for one in LANGUAGES] == [
        "what was given does not fit here", "ما أعطي لا يناسب هنا",
    ]  # fmt: skip


def test_programs_are_told_the_name_that_they_gave() -> None:
    assert misfit(refused(int, "x"), texts("en"), named=False) == "from: a whole number is expected"


def test_every_kind_that_we_name_is_one_that_pydantic_has_and_each_is_named_once() -> None:
    ours = [kind for kinds in EXPECTED.values() for kind in kinds]
    assert set(ours) <= set(get_args(ErrorType))
    assert len(ours) == len(set(ours))


@pytest.mark.parametrize(("address", "told"), [
    ("/problems?from=x", "the first line to show: a whole number is expected"),
    ("/inbox?from=99999999999", "the first line to show: a number no larger than 1,000,000,000 is expected"),
    ("/map/places?zoom=near", "how near the map is: a number is expected"),
    ("/report/none/add?nth=first&start=x", "where the words begin: a whole number is expected; which of these places: "
     "a whole number is expected"),
    ("/api/v1/reports?from=x", "from: a whole number is expected"),
    ("/api/v1/reports?state=odd", "state: expected one of new"),
])  # fmt: skip
def test_a_page_and_the_api_say_so(reader: TestClient, address: str, told: str) -> None:
    answer = reader.get(address)
    assert answer.status_code == 422 and told in answer.text
    assert "Input should" not in answer.text and "parse" not in answer.text
