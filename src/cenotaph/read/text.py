"""A text as sentences of tokens, each token knowing where it stands; offsets are never lost by normalising."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from cenotaph.vocabulary import Span

_TOKEN = re.compile(
    r"\d+(?:st|nd|rd|th|d|er)\b"  # 6th, 39th, 1er
    r"|\d{1,3}[-‐ ](?i:year|month|week|day)s?[-‐ ](?i:old)s?\b"  # 17-year-old, 18-month old
    r"|\d+[-‐](?i:year|month|week|day|hour|mm|km|man|member|yr)[-\w]*"  # 17-year-old, 105-mm
    r"|\d+(?:[.,٬٫,]\d+)*"  # 1,250  2.5  ١٬٢٥٠
    r"|[^\W\d_]+(?:[-‐]\d+)+"  # M-16
    r"|(?:[^\W\d_]\.){2,}"  # U.S.
    r"|(?:(?:[^\W\d_\u0629]|[\u0640\u064B-\u065F\u0670]|\u0629(?![^\W\d_])"
    r"|(?<=\u0640)[ .*_]{1,3}(?=\u0640)|(?<=\u0640)\.{1,3}(?=\w)"  # letters spread so that a machine passes over them
    r"|(?<=[^\W\d_ال]\u0640) (?=[^\W\d_]{2})|(?<=[ .*_]\u0640) (?=[^\W\d_]{2})"  # قـ ـصف, طفـ.ـل, مقـ تل
    r"|(?<=[^\W\d_])\*(?=[^\W\d_])"  # قص*ف, ki*lled
    r"|(?<=\bا)\.(?=[\u0621-\u064A]{3})|(?<=[\u0621-\u064A])\.(?=[\u0621-\u064A]\b))+"  # ا.ستشهد, شهد.ا.ء
    r"\u0629?|\u0629)"  # a word ends with its ta marbuta, though the line end behind it is lost
    r"(?:['’\-‐](?:[^\W\d_]|[\u064B-\u065F])+)*"  # pro-Assad, Assad's
    r"|[^\w\s]|\d+"  # no "_": it only ties the words of a tag ("#Jisr_al-Shughur")
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Maj|Capt|Sgt|Gov|Sen|Rep|St|Jr|Sr|No|vs|Prof|Rev|Brig|Cpl|Pvt|Jan|Feb|Mar|Apr|Aug"
    r"|Sept?|Oct|Nov|Dec|Inc|Ltd|Co|al)|\b[A-Z])$",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.!?؟…]+[\"'”’»\])]*(?=\s|$)|[؛]")
_MARKS = re.compile(
    r"(?<=\u0640)[ .*_]+(?=\w)|(?<=[\u0621-\u064A])[.*](?=[\u0621-\u064A])"
    r"|[\u0640\u064B-\u065F\u0670\u200c-\u200f\u202a-\u202e\u2066-\u2069]"
)
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_LETTERS = str.maketrans("أإآٱىةؤئ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "ااااي" + "ه" + "وي" + "01234567890123456789")


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or sign: where it stands, and the forms under which a word list may know it."""

    start: int
    end: int
    text: str
    forms: tuple[str, ...]

    @property
    def norm(self) -> str:
        return self.forms[0]

    @property
    def capital(self) -> bool:
        return self.text[:1].isupper()

    @property
    def is_word(self) -> bool:
        return self.text[:1].isalpha()


@dataclass(frozen=True, slots=True)
class SmallWord(Token):
    """A word of grammar, which the rules know by an English one ("of" for "de"), and lists by its own."""

    grammar: str = ""

    @property
    def norm(self) -> str:
        return self.grammar


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence (or headline): its span in the text, its tokens, and the paragraph it stands in."""

    source: str
    span: Span
    tokens: tuple[Token, ...]
    paragraph: int
    headline: bool = False
    capitals: bool = False

    def cut(self, first: int, last: int) -> Span:
        """The span of tokens first (inclusive) to last (exclusive)."""
        return Span(self.tokens[first].start, self.tokens[last - 1].end)

    def words(self, first: int, last: int) -> str:
        """The words of tokens first (inclusive) to last (exclusive), as written."""
        return self.cut(first, last).of(self.source)


@lru_cache(maxsize=100_000)
def forms(word: str) -> tuple[str, ...]:
    """The normal form of a word first, then what is left of an Arabic word when its clitics are taken off.

    >>> forms("Assad’s"), forms("والمدنيين")[:3]
    (('assad',), ('والمدنيين', 'المدنيين', 'مدنيين'))
    """
    if not _ARABIC.search(word):
        plain = unicodedata.normalize("NFKC", word).casefold().replace("’", "'").replace("‐", "-")
        plain = plain.replace("*", "") if len(plain) > 1 else plain
        return (plain[:-2] if plain.endswith("'s") else plain,)
    return tuple(dict.fromkeys(_clitics(_MARKS.sub("", word).translate(_LETTERS))))


def _clitics(word: str) -> list[str]:
    """و ف, then ب ل ك, then ال, and the alif of the accusative; never leaving less than two letters."""
    found = [word]
    for prefixes in (("و", "ف"), ("لل",), ("ب", "ل", "ك"), ("ال",)):
        for form in list(found):
            for prefix in prefixes:
                if form.startswith(prefix) and len(form) - len(prefix) >= (2 if prefix == "ال" else 3):
                    found.append(form[len(prefix) :])
                    if prefix == "لل":
                        found.append("ا" + form[1:])  # "للأمم": of al-
    found += [form[:-1] for form in list(found) if form.endswith("ا") and len(form) > 3]
    return found


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a language writes its small words: those that it writes onto the next one ("l'", "qu'"), and which of them do
    what the rules know by an English word.

    >>> french = Spelling.of({"spelling": {"elided": ["l"], "elided_small": ["n"], "grammar": {"the": ["le", "l"]}}})
    >>> [(token.text, token.norm) for token in tokens("l'armée n'a N'Djamena", 0, 21, french)]
    [("l'", 'the'), ('armée', 'armée'), ("n'", 'n'), ('a', 'a'), ("N'Djamena", "n'djamena")]
    """

    elided: re.Pattern[str]
    grammar: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> Spelling | None:
        """The [spelling] of a language's tables; None for one that has none."""
        said = table.get("spelling")
        if said is None:
            return None
        any_word, small = ("|".join(map(re.escape, said.get(key, ["\0"]))) for key in ("elided", "elided_small"))
        heads = (
            rf"\b((?i:{any_word})(?=['’](?:\w|$))|(?i:{small})(?=['’](?:[^\W\dA-Z]|$)))['’]"  # "n'a", not "N'Djamena"
        )
        grammar = {forms(word)[0]: rule for rule, words in said.get("grammar", {}).items() for word in words}
        return cls(re.compile(heads), grammar)

    def apart(self, listed: Any) -> Any:
        """The words of a list as a text is cut: "d'après" is two words, and "d" a word."""
        if isinstance(listed, str):
            return self.elided.sub(r"\1 ", listed).rstrip()
        if isinstance(listed, Mapping):
            return {self.apart(key): self.apart(value) for key, value in listed.items()}
        return [self.apart(one) for one in listed] if isinstance(listed, list) else listed

    def cut(self, found: Token) -> Iterator[Token]:
        """A token as the language's words: "l'armée" is two, and each small word says what it does."""
        opened = self.elided.match(found.text) if "'" in found.text or "’" in found.text else None
        if opened is None or opened.end() == len(found.text):
            yield self._small(found)
            return
        head, rest = found.text[: opened.end()], found.text[opened.end() :]
        at = found.start + len(head)
        yield self._small(Token(found.start, at, head, forms(opened.group(1))))
        yield from self.cut(Token(at, found.end, rest, forms(rest)))

    def _small(self, found: Token) -> Token:
        rule = self.grammar.get(found.norm)
        return SmallWord(found.start, found.end, found.text, found.forms, rule) if rule else found


def tokens(text: str, start: int, end: int, spelling: Spelling | None = None) -> tuple[Token, ...]:
    found: list[Token] = []
    for one in _TOKEN.finditer(text, start, end):
        word = one.group()
        found.append(Token(*one.span(), word, forms(word)))
    return tuple(found) if spelling is None else tuple(part for one in found for part in spelling.cut(one))


def sentences(text: str, spelling: Spelling | None = None) -> tuple[Sentence, ...]:
    """The sentences of a text. A line that ends without a stop and stands alone is a headline.

    >>> [s.span.of("Gen. Ali spoke. Ten died.") for s in sentences("Gen. Ali spoke. Ten died.")]
    ['Gen. Ali spoke.', 'Ten died.']
    """
    out: list[Sentence] = []
    for number, paragraph in enumerate(_paragraphs(text)):
        for span in _split(text, paragraph):
            found = tokens(text, span.start, span.end, spelling)
            if found:
                out.append(Sentence(text, span, found, number, _is_headline(text, paragraph), _is_capitals(found)))
    return tuple(out)


def recut(sentence: Sentence, span: Span, spelling: Spelling | None) -> Sentence:
    """A part of a sentence, or all of it, as a sentence of its own, its words cut as another language writes them."""
    found = tokens(sentence.source, span.start, span.end, spelling)
    return replace(sentence, span=span, tokens=found, capitals=_is_capitals(found))


def _is_headline(text: str, paragraph: Span) -> bool:
    words = paragraph.of(text)
    return len(words) < 160 and not words.rstrip("\"'”’») ").endswith((".", "!", "?", "؟", ":"))


def _is_capitals(found: tuple[Token, ...]) -> bool:
    letters = [text for token in found if len(text := token.text) > 3 and text[0].isalpha()]
    return len(letters) > 2 and sum(map(str.isupper, letters)) > 0.8 * len(letters)


def _paragraphs(text: str) -> list[Span]:
    """Blank lines part paragraphs; so does each line end, unless the text is hard-wrapped at a width."""
    lines = [line for line in text.splitlines() if line.strip()]
    wrapped = bool(lines) and max(map(len, lines)) <= 110 and "\n" in text
    parts = re.finditer(r"\S(?:.|\n(?!\s*\n))*" if wrapped else r"\S.*", text)
    return [Span(part.start(), part.start() + len(part.group().rstrip())) for part in parts if part.group().strip()]


def _split(text: str, paragraph: Span) -> list[Span]:
    out, start = [], paragraph.start
    for stop in _STOP.finditer(text, paragraph.start, paragraph.end):
        if stop.group() == "." and _ABBREVIATION.search(text, max(start, stop.start() - 6), stop.start()):
            continue
        after = text[stop.end() : paragraph.end].lstrip()
        if after and after[0].islower():
            continue
        out.append(Span(start, stop.end()))
        start = stop.end() + len(text[stop.end() : paragraph.end]) - len(after)
    if start < paragraph.end:
        out.append(Span(start, paragraph.end))
    return [span for span in out if span.of(text).strip()]
