"""Whoever spoke as a private person is known by name where the words give one, so that the name can be hidden."""

from __future__ import annotations

import pytest

from cenotaph.publish.hidden import Hidden
from cenotaph.read import read
from cenotaph.vocabulary import Report, World
from cenotaph.world import load

NAME = "Ondine Sample"
SPOKE = [
    f"A survivor, {NAME}, said nine men were shot in Jableh.",
    f"{NAME}, a survivor, said nine men were shot in Jableh.",
    f"A resident of the town, {NAME}, told Example Wire that nine men were shot in Jableh.",
]
NOT_WHO_SPOKE = [
    f"According to a resident, {NAME}, 40, was killed in Jableh.",
    f"A minister, {NAME}, said nine men were shot in Jableh.",
    f"A resident said {NAME}, a farmer, was killed in Jableh.",
]


@pytest.fixture(scope="module")
def known() -> World:
    return load(countries=("SY",))


def hidden(text: str, known: World) -> Hidden:
    claims = read(Report.of_text(text, outlet="Example Wire"), known)[0]
    assert claims
    return Hidden.of(list(claims))


@pytest.mark.parametrize("text", SPOKE)
def test_the_name_of_a_private_person_who_spoke_is_hidden(text: str, known: World) -> None:
    assert NAME in hidden(text, known).names


@pytest.mark.parametrize("text", NOT_WHO_SPOKE)
def test_a_name_of_somebody_else_behind_a_comma_is_not_theirs(text: str, known: World) -> None:
    assert NAME not in hidden(text, known).names
