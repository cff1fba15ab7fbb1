"""The pages say what is so: their commands run, their links lead somewhere, no word of the vocabulary is left out."""

from __future__ import annotations

import inspect
import os
import re
import subprocess
import sys
import typing
from pathlib import Path

import click
import pytest

from cenotaph import vocabulary
from cenotaph.cli import main as cli

ROOT = Path(__file__).resolve().parents[2]
PAGES = [*sorted((ROOT / "docs").glob("*.md")), ROOT / "CONTRIBUTING.md", ROOT / "README.md"]
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BINARIES = Path(sys.executable).parent


def blocks(page: str, language: str) -> list[str]:
    """The code blocks of a page in one language: `sh` is run here, `console` sets up a machine and is only shown."""
    return [code for named, code in FENCE.findall(page) if named == language]


def run(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """A block as a person would paste it, in a shell that stops at the first command that fails."""
    known = {**os.environ, "PATH": f"{BINARIES}{os.pathsep}{os.environ['PATH']}", "NO_COLOR": "1"}
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", code], cwd=folder, env=known, capture_output=True, text=True, check=False
    )


def test_a_block_that_fails_half_way_is_a_failure(tmp_path: Path) -> None:
    page = "```sh\necho one\n```\nthen\n```console\nfalse\n```\n```sh\nfalse | cat\necho two\n```\n"
    assert [run(code, tmp_path).returncode for code in blocks(page, "sh")] == [0, 1]


def test_the_first_case_runs_as_it_is_written(tmp_path: Path) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    commands = blocks((ROOT / "docs" / "first-case.md").read_text(encoding="utf-8"), "sh")
    done = [(code, run(code, tmp_path)) for code in commands]
    failed = [f"{code}exit {end.returncode}: {end.stderr}" for code, end in done if end.returncode]
    assert commands
    assert not failed, "\n".join(failed)
    printed = {code.split()[1]: end.stdout for code, end in done}
    assert "745" in printed["toll"]
    assert "745" in printed["why"]
    assert (tmp_path / "claims.csv").read_text(encoding="utf-8").count("\n") > 1
    assert "Traceback" not in "".join(end.stderr for _, end in done)


def public_classes() -> list[str]:
    own = inspect.getmembers(vocabulary, lambda one: inspect.isclass(one) and one.__module__ == vocabulary.__name__)
    return [name for name, _ in own if not name.startswith("_")]


def test_every_class_of_the_vocabulary_is_in_the_glossary() -> None:
    words = (ROOT / "docs" / "words.md").read_text(encoding="utf-8")
    assert [name for name in public_classes() if f"(`{name}`)" not in words] == []


def test_the_glossary_names_no_class_that_is_not_there() -> None:
    words = (ROOT / "docs" / "words.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\(`([A-Z]\w+)`\)", words)) - set(public_classes()) == set()


@pytest.mark.parametrize(
    "kind", ["Comparator", "Stance", "Reach", "Level", "PeriodOf", "PlaceOf", "TieKind", "AnswerKind"]
)
def test_every_word_that_a_field_may_hold_is_in_the_glossary(kind: str) -> None:
    words = re.sub(r"\*\*[^*]+\*\*|`[^`]+`", "", (ROOT / "docs" / "words.md").read_text(encoding="utf-8"))
    said = {" ".join(word.split()) for word in re.findall(r"\*([^*]+)\*", words)}
    assert set(typing.get_args(getattr(vocabulary, kind))) - said == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_to_a_file(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_path_that_a_page_names_in_the_tree_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = re.findall(r"`((?:src|tests|bench|docs|examples|changelog\.d)/[\w./*-]*)`", text)
    # xx stands for a language that nobody has added yet.
    assert [path for path in named if "/xx." not in path and not any(ROOT.glob(path))] == []


ANCHOR = re.compile(r"\]\((?!https?:)([^)#]*)#([^)]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def anchors(text: str) -> set[str]:
    """What headings can be linked to by, as forges write it.

    >>> sorted(anchors("## A report, opened\\n"))
    ['a-report-opened']
    """
    plain = (re.sub(r"[^\w\- ]", "", one.casefold()) for one in HEADING.findall(text))
    return {one.strip().replace(" ", "-") for one in plain}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_anchor_that_a_link_names_is_a_heading(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = [(page.parent / file if file else page, one) for file, one in ANCHOR.findall(text)]
    assert [one for there, one in named if one not in anchors(there.read_text(encoding="utf-8"))] == []


def test_an_anchor_is_written_as_forges_write_it() -> None:
    assert anchors("# The first hour\n## 6 The journal, and two people at once\n") == {
        "the-first-hour", "6-the-journal-and-two-people-at-once",
    }  # fmt: skip


TEMPLATES = ROOT / "src" / "cenotaph" / "web" / "templates"
TOLD_KEY = re.compile(r"^\| \*\*([\w ]+)\*\* ([^|]+) \|", re.MULTILINE)
WHERE = {"two at once": ("merge",), "report": ("report", "claim")}
"""What templates begin with that is no word of their row of the table of keys."""


def keys_of(subject: str) -> set[str]:
    """The keys of the templates of a subject: those written out, and those that a loop takes from a table."""
    names = WHERE.get(subject, (subject.rstrip("s"),))
    files = [one for one in TEMPLATES.rglob("*.html") if one.stem.startswith(names)]
    told = [re.findall(r'data-key="([^"]+)"', one.read_text(encoding="utf-8")) for one in files]
    return {key for some in told for one in some for key in ([one] if "{" not in one else re.findall(r": '(.)'", one))}


def test_each_key_of_the_table_is_on_a_page_of_its_subject() -> None:
    text = (ROOT / "docs" / "review.md").read_text(encoding="utf-8")
    told = [(subject, key) for subject, keys in TOLD_KEY.findall(text) for key in re.findall(r"`([^`]{1,2})`", keys)]
    assert len(told) > 40
    assert [one for one in told if not one[1].isdigit() and one[1] not in keys_of(one[0])] == []


COMMAND = re.compile(r"^(?:\$ )?(?:\.venv/bin/|\./)?cenotaph(?:-dev)? (.+)$", re.MULTILINE)


def commands(text: str) -> list[list[str]]:
    """The commands of all code blocks and of what stands between backticks, in words, comments left out."""
    blocks_of = "".join(code for _, code in FENCE.findall(text)).replace("\\\n", " ")
    spoken = "\n".join(re.findall(r"`(cenotaph [^`]+)`", FENCE.sub("", text)))
    said = re.sub(r"\n +(?=\S)", "\n", f"{blocks_of}\n{spoken}")
    return [re.split(r"\s[#|>]|\s{2,}#", one)[0].split() for one in COMMAND.findall(said)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_that_a_page_names_has_that_verb_and_those_options(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    wrong = []
    for verb, *words in commands(text):
        known = cli.get_command(click.Context(cli), verb) if verb in NAMED else None
        if known is None:
            wrong += [verb] if verb not in OF_THE_CHECKOUT and not verb.startswith("-") else []
            continue
        options = {one for each in known.params for one in (*each.opts, *each.secondary_opts)} | {"--help", "-h"}
        wrong += [f"{verb} {one}" for one in words if one.startswith("--") and one.partition("=")[0] not in options]
    assert wrong == []


NAMED = cli.list_commands(click.Context(cli))
OF_THE_CHECKOUT = ("test",)
"""What `./cenotaph-dev` does besides the verbs."""


def test_a_command_that_there_is_not_would_be_found() -> None:
    page = "```console\ncenotaph serve x --prot 80   # a --comment\n```\nand `cenotaph sreve`\n"
    assert commands(page) == [["serve", "x", "--prot", "80"], ["sreve"]]


PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")
LARGEST_PICTURE = 120_000


def pictures() -> list[tuple[Path, str, str]]:
    """Each picture that a page shows: the page, the words for those who can't see it, where it lies."""
    return [(page, *found) for page in PAGES for found in PICTURE.findall(page.read_text(encoding="utf-8"))]


def test_each_picture_that_a_page_shows_is_there_and_told_in_words() -> None:
    assert pictures()
    assert [path for page, _, path in pictures() if not (page.parent / path).is_file()] == []
    assert [path for _, words, path in pictures() if len(words.split()) < 5] == []


def test_each_picture_is_shown_by_a_page_and_is_small() -> None:
    held = set((ROOT / "docs" / "pictures").iterdir())
    assert held - {(page.parent / path).resolve() for page, _, path in pictures()} == set()
    assert [one.name for one in held if one.stat().st_size > LARGEST_PICTURE] == []


def test_each_picture_is_made_by_a_program_that_makes_them() -> None:
    from tests.browser.pictures import MAKERS as OF_THE_DESK
    from tools.pictures import MAKERS

    made = {f"{name}.png" for name in (*MAKERS, *OF_THE_DESK)}
    assert made == {one.name for one in (ROOT / "docs" / "pictures").iterdir()}


@pytest.mark.parametrize(
    "text, found", [("![](a.png)", [("", "a.png")]), ("[a](b.png)", []), ("![a\nb](c.png)", [("a\nb", "c.png")])]
)
def test_a_picture_is_told_from_a_link(text: str, found: list[tuple[str, str]]) -> None:
    assert PICTURE.findall(text) == found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_page_is_too_long_to_read(page: Path) -> None:
    assert len(page.read_text(encoding="utf-8").splitlines()) <= 500
