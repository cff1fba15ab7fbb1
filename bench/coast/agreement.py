"""Whether a claim that was read says what was expected: one question a field.

Each answers True, False, or None where nothing was expected of that field, so that it does not count.
"""

from __future__ import annotations

import calendar
import datetime as dt
import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from bench.coast.expected import Amount, Day, Expected, Reply
from cenotaph.vocabulary import Answer, Claim, Period, Quantity, Report, Voice

ORDERS = {"tens": 1, "dozens": 1, "scores": 1, "hundreds": 2, "thousands": 3, "tens of thousands": 4}
"""How many noughts a plural word stands for: dozens and scores are one magnitude, and so is what Arabic calls tens."""

SHARES = {"half": 1 / 2, "third": 1 / 3, "thirds": 2 / 3, "quarter": 1 / 4, "quarters": 3 / 4, "tenth": 1 / 10}
NEAR = 0.8
"""How alike two spellings of one name are (difflib's ratio): Tartus and Tartous, Baniyas and Banyas."""

EMPTY = frozenset(
    re.findall(
        r"\w+",
        "a an and another at by for from in it its near of on or other some that the their to who with around unnamed "
        "anonymous province governorate city town village villages area areas countryside district",
    )
)
"""Words that tell no name from another."""

COUNTRY = frozenset({"syria", "syrian", "syrias", "s"})


@dataclass(frozen=True, slots=True)
class Seen:
    """A claim as it was read, with its report and the report's other claims by their ids."""

    claim: Claim
    report: Report
    others: Mapping[str, Claim]


# --- how many -----------------------------------------------------------------------------------------------------


def figure(amount: Amount, quantity: Quantity) -> bool:
    """Whether a quantity says the expected figure: the same number compared in the same way, or words of one magnitude.

    >>> said = Quantity("at least 745", "at least", 745)
    >>> figure(Amount("at least", 745), said), figure(Amount("exact", 745), said)
    (True, False)
    >>> figure(Amount("plural", vague="dozens"), Quantity("scores", "plural", 20))
    True
    """
    if amount.fraction:
        return quantity.fraction is not None and abs(quantity.fraction - share(amount.fraction)) < 0.02
    if amount.vague:
        return quantity.comparator == "plural" and _vague(amount.vague.casefold(), quantity)
    if quantity.fraction is not None:
        return False
    if amount.comparator == "none" and quantity.comparator == "plural":
        return quantity.base is None  # "women were humiliated": a plural noun and no figure
    return (quantity.comparator, quantity.base, quantity.upper) == (amount.comparator, amount.base, amount.upper)


def _vague(words: str, quantity: Quantity) -> bool:
    """By magnitude where both have one; words that name none ("several", "many") stand for each other."""
    if words in ORDERS and quantity.base is not None:
        return ORDERS[words] == len(str(quantity.base)) - 1
    return words in quantity.words.casefold() or (words not in ORDERS and quantity.base is None)


def share(words: str) -> float:
    """A share in words. ValueError when they name none.

    >>> share("about half"), share("60%"), round(share("two thirds"), 2)
    (0.5, 0.6, 0.67)
    """
    percent = re.search(r"(\d+(?:\.\d+)?) ?(?:%|percent|per cent)", words)
    if percent:
        return float(percent[1]) / 100
    for word in re.findall(r"[a-z]+", words.casefold()):
        if word in SHARES:
            return SHARES[word]
    raise ValueError(f"no share in {words!r}; known: a percentage, or {', '.join(SHARES)}")


# --- names --------------------------------------------------------------------------------------------------------


def content(words: str) -> frozenset[str]:
    """The words of a name that tell it from others, without case and marks.

    >>> sorted(content("villages around Jableh, on the Syrian coast"))
    ['coast', 'jableh']
    >>> sorted(content("Syria"))
    ['syria']
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", words.casefold()) if not unicodedata.combining(c))
    found = frozenset(re.findall(r"\w+", plain.replace("'s", ""))) - EMPTY
    return found - COUNTRY or found


def overlap(mine: str, yours: str) -> bool:
    """Whether two names share a word that tells something, in one spelling or nearly so."""
    return any(difflib.get_close_matches(word, content(yours), n=1, cutoff=NEAR) for word in content(mine))


# --- one question a field -----------------------------------------------------------------------------------------


def group(expected: Expected, seen: Seen) -> bool | None:
    """Each facet that was stated is the same; what was not stated does not matter."""
    names = ("status", "affiliation", "identity", "sex", "age")
    return _all(_same(getattr(expected, name), getattr(seen.claim.group, name)) for name in names)


def voice(expected: Expected, seen: Seen) -> bool | None:
    """The root is who answers for the figure: by canonical name, or by shared words where nobody has one."""
    if expected.voice is None:
        return None
    root = seen.claim.root
    if expected.voice == "outlet":
        return root is None or root.kind == "outlet" or _equal(root.known_as, seen.report.outlet)
    return root is not None and _named(expected.voice, root)


def _named(wanted: str, root: Voice) -> bool:
    """A name with a capital is a name: all of it must be there. "a monitoring group" is none: a shared word will do,
    but with what the codes made of it, if they made anything (a monitoring group turned SOHR is wrong)."""
    if _equal(wanted, root.known_as):
        return True
    if wanted[:1].isupper():
        return not root.canonical and content(wanted) <= content(root.name)
    return overlap(wanted, root.canonical or root.name)


def day(expected: Expected, seen: Seen) -> bool | None:
    """Every day that was stated, on its own clock: said, counted since, until, happened, recorded, or unclear which."""
    return _all(_days(expected, seen.claim))


def _days(expected: Expected, claim: Claim) -> Iterator[bool]:
    period = claim.period or Period(of="unclear")
    found = (period.start, period.end)
    if expected.said is not None:
        yield claim.said == first(expected.said)
    if expected.since is not None:
        yield period.start == first(expected.since)
    if expected.until is not None:
        yield last(expected.until) in (period.end, claim.as_of)
    if expected.date is not None:
        yield found == whole(expected.date) and period.of not in ("recorded", "unclear")
    if expected.recorded is not None:
        yield found == whole(expected.recorded) and period.of == "recorded"
    if expected.date_unclear is not None:
        yield found == whole(expected.date_unclear) and period.of == "unclear"


def whole(one: Day) -> tuple[dt.date, dt.date]:
    """The first and the last day of a day, or of a month in words.

    >>> whole("2025-03")
    (datetime.date(2025, 3, 1), datetime.date(2025, 3, 31))
    """
    return first(one), last(one)


def first(one: Day) -> dt.date:
    return one if isinstance(one, dt.date) else dt.date.fromisoformat(one if len(one) == 10 else f"{one}-01")


def last(one: Day) -> dt.date:
    start = first(one)
    if isinstance(one, str) and len(one) == 7:
        return start.replace(day=calendar.monthrange(start.year, start.month)[1])
    return start


def place(expected: Expected, seen: Seen) -> bool | None:
    """A word of the name, as written or as the gazetteer has it; the wider places of its path do not count."""
    if expected.place is None:
        return None
    found = seen.claim.place
    if not expected.place or found is None:
        return not expected.place and found is None
    return overlap(expected.place, " ".join([found.words, found.name, *found.path[-1:]]))


def stance(expected: Expected, seen: Seen) -> bool | None:
    """Doubt where there is doubt and none where there is none; "claimed" (alleges) may stand for either."""
    return seen.claim.stance in (("hedges", "alleges") if expected.hedged else ("asserts", "alleges"))


def reach(expected: Expected, seen: Seen) -> bool | None:
    """A running total is one, a background figure is one, and no other figure is background."""
    found = seen.claim.reach
    if expected.running:
        return found == "running total"
    return (found == "background") == expected.background


def relation(expected: Expected, seen: Seen) -> bool | None:
    """A part or overlay of the claim whose figure was named; or the tie that says which figure is replaced."""
    if expected.part_of is None and expected.was is None:
        return None
    tie = seen.claim.relation
    if tie is None:
        return False
    if expected.part_of is None:
        return tie.kind == "replaces"
    outer = seen.others.get(tie.to)
    return tie.kind in ("part", "overlay") and outer is not None and _counts(expected.part_of, outer.quantity)


def _counts(wanted: object, quantity: Quantity) -> bool:
    return str(wanted) == str(quantity.base) or overlap(str(wanted), quantity.words)


def parties(expected: Expected, seen: Seen) -> bool | None:
    if expected.by is None:
        return None
    named = " ".join(f"{party.words} {party.canonical}" for party in seen.claim.parties)
    return overlap(expected.by, named) if expected.by else not named.strip()


def exclusions(expected: Expected, seen: Seen) -> bool | None:
    if expected.excludes is None:
        return None
    return overlap(expected.excludes, " ".join(group.words for group in seen.claim.exclusions))


def chain(expected: Expected, seen: Seen) -> bool | None:
    """Who carried it, and whose mouth it came through, stand among the voices."""
    names = " ".join(f"{voice.name} {voice.canonical}" for voice in seen.claim.voices)
    return _all(None if name is None else overlap(name, names) for name in (expected.via, expected.person))


def answer(expected: Reply, found: Answer) -> bool:
    """The same kind, by the same party; the party's words or the answer's may be said more fully on one side."""
    if expected.kind != found.kind:
        return False
    return not expected.by or overlap(expected.by, f"{found.party.words} {found.party.canonical}")


Question = Callable[[Expected, Seen], bool | None]
NEEDED: Mapping[str, Question] = {"group": group, "voice": voice}
"""What must be right, with harm and figure, for a claim to count as found."""

FIELDS: Mapping[str, Question] = {
    **NEEDED,
    "day": day,
    "place": place,
    "stance": stance,
    "reach": reach,
    "relation": relation,
    "parties": parties,
    "exclusions": exclusions,
    "chain": chain,
}


def _same(wanted: str | None, found: str) -> bool | None:
    return None if wanted is None else _equal(wanted, found)


def _equal(mine: str, yours: str) -> bool:
    return mine.casefold().strip() == yours.casefold().strip()


def _all(answers: Iterable[bool | None]) -> bool | None:
    counted = [answer for answer in answers if answer is not None]
    return all(counted) if counted else None
