"""Random edits of real reports: what scanners, copy and paste, and careless or hostile hands do to a text.

Seeded: the same number gives the same edits. Whatever is done to a text, reading must raise nothing, and every span of
a claim must be the words that stand there.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence

from bench.adapter import ROOT, SHARED
from bench.coast import bulletins
from cenotaph.read import read
from cenotaph.vocabulary import Claim, Report, Span, World

Edit = Callable[[str, random.Random], str]

BULLETINS = ROOT / "examples" / "coast-2025" / "reports"
ARTICLE = SHARED.parent / "seed" / "article.txt"
LONGEST = 1500  # letters of a report that are edited and read: enough for its headline, its lead and its figures

# Control, zero-width, bidirectional, combining, private and unassigned characters; a byte order mark; half a surrogate
# pair can't stand in a text that was decoded.
STRANGE = (
    *("\x00", "\x07", "\x0b", "\x0c", "\x1b", "\x7f", "\x85", "\u00ad", "\u200b", "\u200d", "\u200e", "\u200f"),
    *("\u2028", "\u2029", "\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2069", "\ufeff"),
    *("\u0301", "\u0651", "\u0640", "\ufe0f", "\ue000", "\U000e0001", "\U0001f4a5", "\ufffd", "\u0660", "²", "½", "Ⅷ"),
)
ALIKE = str.maketrans("aeopcxyABEKMHOPCTX", "аеорсхуАВЕКМНОРСТХ")  # Cyrillic letters that look like Latin ones
WORDS = (
    "قتل",
    "مدنيا",
    "убито",
    "死亡",
    "двое",
    "१२",
    "٤٥",
    "et",
    "und",
    "–",
    "…",
    "«",
    "”",
    ")",
    "1,2,3",
    "0",
    "-7",
    "1e9",
)


def _dropped(text: str, dice: random.Random) -> str:
    """One letter in twenty gone."""
    return "".join(letter for letter in text if dice.random() > 0.05)


def _doubled(text: str, dice: random.Random) -> str:
    lines = text.splitlines(keepends=True)
    return "".join(line * dice.choice((1, 1, 2, 3)) for line in lines)


def _mixed(text: str, dice: random.Random) -> str:
    """Words of other scripts between the words, and letters that only look Latin in them."""
    words = text.split(" ")
    for _ in range(max(1, len(words) // 8)):
        at = dice.randrange(len(words))
        words[at] = dice.choice((f"{words[at]} {dice.choice(WORDS)}", words[at].translate(ALIKE)))
    return " ".join(words)


def _cut(text: str, dice: random.Random) -> str:
    """Begun and ended anywhere, and a piece lost in the middle."""
    first, last = sorted(dice.randrange(len(text) + 1) for _ in range(2))
    lost = sorted(dice.randrange(first, last + 1) for _ in range(2))
    return text[first : lost[0]] + text[lost[1] : last]


def _strange(text: str, dice: random.Random) -> str:
    letters = list(text)
    for _ in range(max(1, len(letters) // 40)):
        letters.insert(dice.randrange(len(letters) + 1), dice.choice(STRANGE))
    return "".join(letters)


def _shuffled(text: str, dice: random.Random) -> str:
    words = text.split()
    dice.shuffle(words)
    return " ".join(words)


def _loud(text: str, dice: random.Random) -> str:
    return dice.choice((text.upper, text.lower, text.swapcase, text.title))()


def _joined(text: str, dice: random.Random) -> str:
    """Line ends, spaces and stops lost or multiplied."""
    gone = dice.choice(("\n", " ", ".", ",", "\n\n"))
    return text.replace(gone, dice.choice(("", gone * 3, "\t", "\r\n")))


def _numbers(text: str, dice: random.Random) -> str:
    """Each figure another one, some of them absurd."""
    odd = ("0", "00", "1000000000000000000000", "1.5", "3,4", "9999-99-99", "31/02/2025", "²", "½", "٣", "-1", "1/0")
    return "".join(dice.choice((letter, dice.choice(odd))) if letter.isdigit() else letter for letter in text)


EDITS: tuple[Edit, ...] = (*(_dropped, _doubled, _mixed, _cut, _strange, _shuffled, _loud, _joined, _numbers),)


def originals(language: str = "") -> list[Report]:
    """The bulletins of the example, those of one language or all, and the seed article where it lies beside this
    checkout.
    """
    found = bulletins.reports(BULLETINS)
    if ARTICLE.exists():
        found.append(Report.of_text(ARTICLE.read_text(encoding="utf-8"), name="seed", published=found[0].published))
    return [report for report in found if language in ("", report.language)]


def edited(reports: Sequence[Report], number: int, *, seed: int = 2025) -> Iterator[tuple[str, Report]]:
    """So many edits of the reports in turn, one or two kinds at a time, each with its name."""
    for n in range(number):
        dice = random.Random(f"{seed}-{n}")
        report = reports[n % len(reports)]
        begun = dice.randrange(max(1, len(report.text) - LONGEST))
        text = report.text[begun : begun + LONGEST]
        chosen = [EDITS[n % len(EDITS)], *dice.sample(EDITS, dice.choice((0, 1)))]
        for edit in chosen:
            text = edit(text, dice) if text else text
        name = f"{report.name} {'+'.join(edit.__name__.strip('_') for edit in chosen)} {seed}-{n}"
        yield name, _with_text(report, text)


def _with_text(report: Report, text: str) -> Report:
    known = {"name": report.name, "outlet": report.outlet, "language": report.language}
    return Report.of_text(text, published=report.published, **known)


def faults(report: Report, world: World) -> list[str]:
    """What is wrong with a reading: spans that are not the words that stand there. What reading raises is raised."""
    claims, answers, problems = read(report, world)
    found = [line for claim in claims for line in _false(claim, report.text)]
    found += [f"answer: {one.quote!r}" for one in answers if one.quote != report.text[one.start : one.end]]
    return found + [f"problem: {one.quote!r}" for one in problems if one.quote != report.text[one.start : one.end]]


def _false(claim: Claim, text: str) -> Iterator[str]:
    if claim.quote != text[claim.start : claim.end] or not claim.quote:
        yield f"quote: {claim.quote!r}"
    spans: list[tuple[str, Span]] = [("anchor", claim.anchor), ("trigger", claim.trigger), *claim.evidence]
    for name, span in spans:
        if not 0 <= span.start < span.end <= len(text):
            yield f"{name}: {span} in a text of {len(text)}"
    for name, span in spans[:2]:
        if not claim.start <= span.start < span.end <= claim.end:
            yield f"{name}: {span} outside the quote"
