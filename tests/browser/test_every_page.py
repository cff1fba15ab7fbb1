"""Every page is for everybody: in English and Arabic, light and dark, wide and narrow, by eye, ear and keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.browser.addresses import NO_PAGES, SAMPLES, addresses, routes
from tests.browser.desks import Open
from tests.browser.looks import MOST_SHIFT, Desks, Look, all_desks, look_at_all
from tests.browser.moments import MOMENTS

ROUTES = [*routes(), *MOMENTS]
Looks = Callable[[str, str], list[Look]]


@pytest.fixture(scope="module")
def desks(looking: Open, decided_case: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desks]:
    with all_desks(looking, decided_case, tmp_path_factory.mktemp("moments")) as found:
        yield found


@pytest.fixture(scope="module")
def looks(request: pytest.FixtureRequest, desks: Desks) -> Looks:
    """Each page is loaded once in each language, and every test asks of that."""
    params = [one.callspec.params for one in request.session.items if hasattr(one, "callspec")]
    asked = dict.fromkeys((one["route"], one.get("language", "en")) for one in params if "route" in one)
    seen = look_at_all(desks, list(asked))

    def of(route: str, language: str) -> list[Look]:
        found = seen[route, language]
        if isinstance(found, Exception):
            raise found
        return found

    return of


both = pytest.mark.parametrize("language", ["en", "ar"])
each = pytest.mark.parametrize("route", ROUTES)


@both
@each
def test_a_page_is_there_and_makes_no_error(route: str, language: str, looks: Looks) -> None:
    for one in looks(route, language):
        assert (one.address, one.status, one.whole) == (one.address, one.expected, True)
        assert one.noticed == [], one.address


@both
@each
def test_axe_finds_nothing_on_a_page_in_light_and_dark(route: str, language: str, looks: Looks) -> None:
    assert [(one.address, *one.axe) for one in looks(route, language) if one.axe] == []


@both
@each
def test_a_page_never_scrolls_sideways(route: str, language: str, looks: Looks) -> None:
    assert [(one.address, *one.wide) for one in looks(route, language) if one.wide] == []


@both
@each
def test_nothing_moves_when_a_page_is_painted_first(route: str, language: str, looks: Looks) -> None:
    assert [(one.address, one.shift) for one in looks(route, language) if one.shift >= MOST_SHIFT] == []


@each
def test_tab_reaches_all_that_can_be_used_and_shows_where_it_is(route: str, looks: Looks) -> None:
    assert [(one.address, *one.missed) for one in looks(route, "en") if one.missed] == []
    assert [(one.address, *one.unseen) for one in looks(route, "en") if one.unseen] == []


def test_no_route_is_named_that_is_not_there() -> None:
    assert ({*SAMPLES} | {*NO_PAGES}) - {*routes(), *NO_PAGES} == set()


def test_a_route_that_asks_for_an_unknown_id_must_be_given_a_sample(looking: Open) -> None:
    with pytest.raises(LookupError, match="give it a sample"):
        addresses("/nobody/{knows}", looking)
