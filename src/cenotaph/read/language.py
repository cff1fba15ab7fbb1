"""A language compiled for reading: the tables of languages/*.toml as phrase lists, once per process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from cenotaph.read.lexicon import Phrases, flat, listed
from cenotaph.read.text import Spelling, Token
from cenotaph.vocabulary import World


@dataclass(frozen=True, slots=True)
class PeopleWord:
    """A noun for the harmed: one or many, and what it says of status, sex and age."""

    many: bool
    status: str = ""
    sex: str = ""
    age: str = ""
    identity: str = ""
    collective: bool = False
    number: int = 0


@dataclass(frozen=True, slots=True)
class HarmWord:
    """A word that says a harm: its code, the construction it takes, and the rules by which an unsure word is read:
    `reads` where deaths are told around it, `survived` where wounds are, `otherwise` the code where both or neither.
    """

    code: str
    takes: str
    objects: frozenset[str] = frozenset()
    reads: str = ""
    otherwise: str = ""
    survived: str = ""
    number: int = 0
    some: bool = False  # a noun of many, which says without a number that there were some


@dataclass(frozen=True, slots=True)
class Organisation:
    """A line of codes/organisations.toml under one of its names; `country_only` holds for names that need their
    country.
    """

    canonical: str
    kind: str
    country: str
    alias: str
    country_only: bool = False
    spokesperson: bool = False


SIDES = ("government", "armed force", "armed group")

CONSTRUCTIONS = (
    "undergo",
    "act",
    "befall",
    "name",
    "counted",
    "state",
    "total",
    "lives",
    "undergo_of",
    "without",
    "event",
    "counted_one",
    "counted_two",
    "counted_some",
    "act_of_two",
)


@dataclass
class Language:
    """The words of one language. Every attribute is a phrase list made from the table of the same name."""

    table: Mapping[str, Any]
    code: str = "en"
    organisation_table: Mapping[str, Any] = field(default_factory=dict)
    country_table: Mapping[str, Any] = field(default_factory=dict)
    not_place_table: Mapping[str, Any] = field(default_factory=dict)
    spelling: Spelling | None = None
    _lists: dict[tuple[str, str], Phrases[bool]] = field(default_factory=dict)

    def words(self, table: str, key: str) -> Phrases[bool]:
        """A plain list of words, e.g. words("people_words", "modifiers")."""
        found = self._lists.get((table, key))
        if found is None:
            found = self._lists[table, key] = Phrases(listed(self.table.get(table, {}).get(key, ()), True))
        return found

    @cached_property
    def numbers(self) -> Phrases[int]:
        return Phrases(self.table["numbers"])

    @cached_property
    def scales(self) -> Phrases[int]:
        return Phrases(self.table["scales"])

    @cached_property
    def magnitudes(self) -> Phrases[int]:
        return Phrases(self.table["magnitudes"])

    @cached_property
    def rounded(self) -> Phrases[int]:
        """Counts that one word rounds ("une dizaine de" is about ten)."""
        return Phrases(self.table.get("rounded", {}))

    @cached_property
    def multiples(self) -> Phrases[int]:
        """Words that count an act by its victims ("triple")."""
        return Phrases(self.table.get("multiples", {}))

    @cached_property
    def duals(self) -> Phrases[str]:
        """Nouns whose form alone says two (Arabic), with the plain noun they stand for."""
        return Phrases(self.table.get("duals", {}))

    @cached_property
    def fractions(self) -> Phrases[float]:
        return Phrases(self.table["fractions"])

    @cached_property
    def comparators(self) -> Phrases[str]:
        return Phrases(self.table["comparators"])

    @cached_property
    def comparators_after(self) -> Phrases[str]:
        return Phrases(self.table["comparators_after"])

    @cached_property
    def people(self) -> Phrases[PeopleWord]:
        identities = (
            (word, PeopleWord(True, identity=who))
            for who, words in self.table["identities"].items()
            for word in words
            if _plural(word, self.table)
        )
        return Phrases([*_people(self.table["people"]), *identities])

    @cached_property
    def identities(self) -> Phrases[str]:
        return Phrases(flat(self.table["identities"]))

    @cached_property
    def others(self) -> Phrases[str]:
        """Words that stand for others or for nobody ("آخران"), with the list that they are on."""
        known = self.table["people_words"]
        return Phrases(flat({key: known.get(key, ()) for key in ("another", "two_others", "others", "nobody")}))

    @cached_property
    def harms(self) -> Phrases[HarmWord]:
        return Phrases(_harms(self.table["harm"]))

    @cached_property
    def spans(self) -> list[tuple[HarmWord, Phrases[bool], Phrases[bool]]]:
        """Harms said by a verb and a noun with only adjectives between ("suffered a serious wound")."""
        tables = [table for table in self.table["harm"] if "between" in table]
        return [(_word(table, "befall"), *_ends(table["between"])) for table in tables]

    @cached_property
    def completed(self) -> list[tuple[HarmWord, Phrases[bool], Phrases[bool]]]:
        """Harms said by a verb whose meaning a later word completes, the people between ("فقد عامل حياته")."""
        tables = [table for table in self.table["harm"] if "completed" in table]
        return [(_word(table, "undergo"), *_ends(table["completed"])) for table in tables]

    @cached_property
    def means(self) -> Phrases[str]:
        return Phrases(flat(self.table["means"]))

    @cached_property
    def months(self) -> Phrases[int]:
        return Phrases(self.table["months"])

    @cached_property
    def ordinals(self) -> Phrases[int]:
        """Days of a month in words ("السادس")."""
        return Phrases(self.table.get("ordinals", {}))

    @cached_property
    def weekdays(self) -> Phrases[int]:
        return Phrases(self.table["weekdays"])

    @cached_property
    def days_back(self) -> Phrases[list[int]]:
        return Phrases(self.table["days_back"])

    @cached_property
    def answers(self) -> Phrases[str]:
        kinds = ("denies", "justifies", "blames others", "acknowledges")
        return Phrases(flat({kind: self.table["answers"].get(kind, ()) for kind in kinds}))

    @cached_property
    def says(self) -> Phrases[bool]:
        return self.words("voices", "says")

    @cached_property
    def stops(self) -> Phrases[bool]:
        """Words of grammar, which are never part of a name or a description."""
        return self.words("people_words", "stops")

    def is_age(self, token: Token, *, many: bool = False) -> bool:
        """ "19-year-old": an age written as one word; `many` asks for those of several people ("19-year-olds")."""
        table = self.table.get("not_counts", {})
        endings = (*(() if many else table.get("age_endings", ())), *table.get("ages_endings", ()))
        return bool(endings) and token.norm.replace(" ", "-").endswith(tuple(endings))

    @cached_property
    def organisations(self) -> Phrases[list[Organisation]]:
        return Phrases(_merged(_organisations(self.organisation_table)))

    @cached_property
    def sides(self) -> Phrases[list[Organisation]]:
        """Those that people can belong to, fight for or be harmed by."""
        known = (
            one for one in _organisations(self.organisation_table) if one[1].kind in SIDES and not one[1].spokesperson
        )
        return Phrases(_merged(known))

    @cached_property
    def adjectives(self) -> Phrases[str]:
        """Words for belonging to a country ("Syrian"), with the country's code."""
        return Phrases((word, code) for code, one in self._countries() for word in self._belonging(code, one))

    @cached_property
    def countries(self) -> Phrases[str]:
        """Names of countries and words for belonging to them, with the country's code."""
        return Phrases(
            (word, code)
            for code, one in self._countries()
            for word in (
                *_names_of(one, self.code),
                *self.table.get("countries", {}).get(code, ()),
                *self._belonging(code, one),
            )
        )

    def _countries(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        return ((one.get("iso2", ""), one) for one in self.country_table.get("country", ()))

    def _belonging(self, code: str, country: Mapping[str, Any]) -> tuple[str, ...]:
        """Words for belonging to a country: those of the codes, and those that the language lists by its code."""
        return (*country.get("demonyms_" + self.code, ()), *self.table.get("demonyms", {}).get(code, ()))

    @cached_property
    def state_bodies(self) -> Phrases[str]:
        """Ministries, armies, police: words for the bodies that each state has, with their kind."""
        return Phrases(flat(self.table.get("state_bodies", {})))

    def demonyms(self, country: str) -> tuple[str, ...]:
        """The words for belonging to a country, by its code."""
        return tuple(word for code, one in self._countries() if code == country for word in self._belonging(code, one))

    @cached_property
    def not_places(self) -> Phrases[bool]:
        """Ordinary words that are also some place's name."""
        own = self.table["places"].get("not_places", ())
        return Phrases(listed((*self.not_place_table.get(self.code, {}).get("words", ()), *own), True))

    @cached_property
    def brackets(self) -> list[tuple[str, HarmWord, str, Phrases[bool], frozenset[str]]]:
        """Verbs that close around their object: (code, harm word, opening, closing, objects)."""
        out = []
        for table in self.table["harm"]:
            objects = frozenset(table.get("object", ()))
            for opening, closing in table.get("around", ()):
                word = HarmWord(table["code"], "act", objects)
                out.append((table["code"], word, opening, Phrases([(closing, True)]), objects))
        return out


def _ends(table: Mapping[str, Any]) -> tuple[Phrases[bool], Phrases[bool]]:
    return Phrases(listed(table["opens"], True)), Phrases(listed(table["closes"], True))


def _organisations(table: Mapping[str, Any]) -> Iterator[tuple[str, Organisation]]:
    for one in table.get("organisation", ()):
        named = (one["canonical"], one["kind"], one.get("country", ""))
        for alias in (one["canonical"], *one.get("aliases", ())):
            yield _without_article(alias), Organisation(*named, alias)
        for alias in one.get("local", ()):
            yield alias, Organisation(*named, alias, country_only=True)
        for alias in one.get("spokespeople", ()):
            yield alias, Organisation(*named, alias, spokesperson=True)


def _names_of(country: Mapping[str, Any], language: str) -> tuple[str, ...]:
    names = (country["name"],) if language == "en" else ()
    return (*names, *country.get("aliases_" + language, ()), *country.get("names_" + language, ()))


def _without_article(alias: str) -> str:
    """ "The Syrian Observatory" must not hide the longer name that begins at its second word."""
    return alias[4:] if alias[:4].casefold() == "the " else alias


def _merged(named: Iterable[tuple[str, Organisation]]) -> dict[str, list[Organisation]]:
    out: dict[str, list[Organisation]] = {}
    for alias, organisation in named:
        out.setdefault(alias, []).append(organisation)
    return out


_compiled: dict[tuple[str, int], Language] = {}


def language_of(code: str, world: World) -> Language:
    """The words of a language, compiled once. Raises LookupError for a language that has no file."""
    table = world.words(code)
    key = (code, id(table))
    if key not in _compiled:
        tables = [table, *map(world.codes, ("organisations", "countries", "not_places"))]
        spelling = Spelling.of(table)
        words, bodies, countries, not_places = map(spelling.apart, tables) if spelling else tables
        _compiled[key] = Language(words, code, bodies, countries, not_places, spelling)
    return _compiled[key]


def _plural(word: str, table: Mapping[str, Any]) -> bool:
    """Whether a word of identity can stand for people alone ("Alawites"); a language lists them or marks them by an
    ending.
    """
    return word in table["people_words"].get("identity_nouns", ()) or word.endswith(
        table["people_words"].get("plural_ending", "\0")
    )


def _people(tables: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, PeopleWord]]:
    for table in tables:
        facets = {key: table[key] for key in ("status", "sex", "age", "identity") if key in table}
        for key, many, collective in (("one", False, False), ("many", True, False), ("groups", True, True)):
            for word in table.get(key, ()):
                yield word, PeopleWord(many, collective=collective, **facets)
        for word in table.get("two", ()):
            yield word, PeopleWord(True, number=2, **facets)


def _harms(tables: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, HarmWord]]:
    """Later tables do not replace earlier ones: of two constructions for one word, Phrases keeps the longest, then
    first.
    """
    for table in tables:
        for takes in CONSTRUCTIONS:
            for word in table.get(takes, ()):
                yield word, _word(table, takes)


def _word(table: Mapping[str, Any], takes: str) -> HarmWord:
    rules = (table.get("reads", ""), table.get("else", ""), table.get("survived", ""))
    number = {"counted_one": 1, "counted_two": 2, "act_of_two": 2}.get(takes, 0)
    some = takes == "counted_some"
    takes = "counted" if takes in ("counted_one", "counted_some") else takes  # where no number stands by it
    return HarmWord(table["code"], takes, frozenset(table.get("object", ())), *rules, number, some)
