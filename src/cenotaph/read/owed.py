"""What is owed: each harm word gives a claim or an answer, or a Problem says that it was not read."""

from __future__ import annotations

from collections.abc import Sequence

from cenotaph.read.harms import triggers
from cenotaph.read.page import Page, Scene, Trigger
from cenotaph.read.periods import clashes
from cenotaph.vocabulary import Answer, Claim, Harm, Problem


def owed(page: Page, claims: Sequence[Claim], answers: Sequence[Answer]) -> list[Problem]:
    """One Problem for each sentence whose harm words gave nothing, and for each weekday that contradicts its date."""
    out = []
    for scene in page.scenes:
        span = scene.sentence.span
        if any(answer.start == span.start for answer in answers):
            continue
        told = {code for claim in claims if claim.start == span.start for code in claim.harm.codes}
        open_words = [trigger for trigger in scene.triggers if not _idle(scene, trigger)]
        if any(not told & set(Harm.parse(trigger.word.code).codes) for trigger in open_words):
            out.append(_unread(page, scene))
    out += (_beside(page, *run) for run in page.beside if any(_tells(page.scenes[at]) for at in range(*run)))
    for where, what in clashes(page):
        out.append(
            Problem("day", what, page.report.id, where.start, where.end, where.of(page.report.text),
                    "see the report's own date", "the days of the claims in this sentence")
        )  # fmt: skip
    return out


def _tells(scene: Scene) -> bool:
    return any(not _idle(scene, trigger) for trigger in triggers(scene.sentence, scene.language))


def _beside(page: Page, first: int, last: int) -> Problem:
    start, end = page.scenes[first].sentence.span.start, page.scenes[last - 1].sentence.span.end
    return Problem(
        "other news", "headlines beside the report, of other news: not read", page.report.id, start, end,
        page.report.text[start:end], "add what the report itself tells", "a claim may be missing",
    )  # fmt: skip


def _idle(scene: Scene, trigger: Trigger) -> bool:
    """Things and services without their object say no harm ("the road was cut"), nor do tolls without a number."""
    if trigger.word.takes == "undergo_of":
        return not any(True for _ in scene.says("harm_words", "recover"))
    return bool(trigger.word.objects) or trigger.word.takes in ("total", "lives")


def _unread(page: Page, scene: Scene) -> Problem:
    span = scene.sentence.span
    counted = any(amount.quantity.base for amount in scene.amounts)
    what = "a harm word, and nobody was read whom it befell" if counted else "no number was read"
    return Problem(
        "harm without a claim", what, page.report.id, span.start, span.end, span.of(page.report.text),
        "read the sentence: add the claim, or say that it states none", "a claim may be missing from its incident",
    )  # fmt: skip
