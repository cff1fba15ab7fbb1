"""What is loaded before anybody asks, and calls within templates: quicker, and the same."""

from __future__ import annotations

import pytest
from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from cenotaph.web import rendering, said
from cenotaph.web.speech import Speech
from cenotaph.web.texts import LANGUAGES, texts

CALLS = """{% macro told(n) %}{{ t("count.claims", n=n) }} {{ say.span(n, none) }}{{ caller() }}{% endmacro %}
{% set words = "<b>" %}
{% for n in (1, 1200) %}{% set words = n %}{% call told(n) %}{{ seen() }}{% endcall %}{% endfor %}
{{ say.apart(words) }}{{ t.html("voice.root", name=words) }}{{ t.code("harm", "killed") }}{{ "x".upper() }}
{{ t.code("harm", "<i>") }}{{ t.percent(0.5) }}{% for n in (3,) %}{{ loop.index }}{{ seen() }}{% endfor %}"""


def of(kind: type[Context], language: str) -> str:
    made = Environment(autoescape=True, undefined=rendering.environment().undefined)
    made.context_class = kind

    @pass_context
    def seen(context: Context) -> str:
        return ",".join(f"{name}={context.get(name)}" for name in ("words", "n"))

    words = texts(language)
    return made.from_string(CALLS).render({"t": words, "say": Speech(words), "seen": seen})


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_template_calls_our_texts_as_any_template_would(language: str) -> None:
    ours = of(rendering.environment().context_class, language)
    assert ours == of(Context, language)
    assert rendering.environment().context_class is not Context and "&lt;b&gt;" in ours and "&lt;i&gt;" in ours


def test_a_text_that_a_template_names_wrongly_is_an_error() -> None:
    with pytest.raises(LookupError, match="no text"):
        rendering.environment().from_string('{{ t("no.such") }}').render({"t": texts("en")})


def test_slots_of_a_text_are_escaped_once_unless_they_are_html() -> None:
    words = texts("en")
    shown = words.html("voice.root", name="A & <B>")
    assert "A &amp; &lt;B&gt;" in shown and isinstance(shown, Markup)
    assert "<i>A</i>" in words.html("voice.root", name=Markup("<i>A</i>"))
    assert "1,200" in words.html("count.claims", n=1200)


def test_all_templates_and_sentences_are_there_before_anybody_asks() -> None:
    rendering.load()
    made = rendering.environment()
    assert made.cache is not None
    there = {name for _, name in made.cache}
    assert set(made.list_templates(extensions=["html"])) <= there
    assert said.shapes.cache_info().currsize >= len(LANGUAGES)
