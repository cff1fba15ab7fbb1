"""A text tells its language by its letters and small words; where they say nothing, what was said of it stands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cenotaph.archive.language import language_of

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"

TEXTS = {
    "en": "Three people were killed in the shelling of the town on Friday, and two of the wounded have died.",
    "fr": "Trois personnes ont été tuées vendredi dans le bombardement de la ville, et deux des blessés sont morts.",
    "es": "Tres personas murieron el viernes en el bombardeo de la ciudad, y dos de los heridos han fallecido.",
    "ar": "قُتل ثلاثة أشخاص في قصف البلدة يوم الجمعة، وتوفي اثنان من الجرحى.",
    "pt": "Três pessoas foram mortas na sexta-feira no bombardeio da cidade, e dois dos feridos não resistiram.",
    "it": "Tre persone sono state uccise venerdì nel bombardamento della città, e due dei feriti sono morti.",
    "de": "Drei Menschen wurden am Freitag bei dem Beschuss der Stadt getötet, und zwei der Verletzten sind gestorben.",
    "nl": "Drie mensen werden vrijdag gedood bij het bombardement op de stad, en twee van de gewonden zijn overleden.",
    "tr": "Cuma günü kasabaya düzenlenen bombardımanda üç kişi öldü ve bir kişi daha sonra yaralı olarak bulundu.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_a_sentence_tells_its_language_whatever_was_said_of_it(language: str) -> None:
    assert language_of(TEXTS[language]) == language
    assert language_of(TEXTS[language].upper(), otherwise="xx") == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "3",
        "Jableh: 12",
        "12 killed",
        "La Paz",
        "Los Angeles",
        "Le Monde",
        "Al-Ahli",
        "Der Spiegel",
        "!?",
        "\0\u202e",
    ],
)
def test_a_few_words_say_nothing_so_what_was_said_stands(text: str) -> None:
    assert language_of(text, otherwise="es") == "es"


def test_two_languages_in_one_text_leave_it_open() -> None:
    assert language_of(TEXTS["en"] + " " + TEXTS["fr"] + " " + TEXTS["fr"], otherwise="xx") == "xx"


@pytest.mark.skipif(not (SHARED / "re3d" / "dev.jsonl").is_file(), reason="the sets of ../shared/data are not here")
@pytest.mark.parametrize("name", ["re3d", "polnear", "geoparse"])
def test_english_news_is_never_taken_for_another_language(name: str) -> None:
    with open(SHARED / name / "dev.jsonl", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    assert [text[:80] for text in texts if language_of(text) != "en"] == []
