"""Who is accused, as the sets sort them: agents of a state or not, and of which country."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from cenotaph.vocabulary import Party, World

STATE_KINDS = ("government", "armed force", "court")
STATE_BODIES = ("armed forces", "security forces")
STATE_WORDS = (
    *("police", "policemen", "policeman", "officer", "officers", "army", "soldier", "soldiers", "troops", "military"),
    *(
        "security",
        "government",
        "authorities",
        "regime",
        "intelligence",
        "prosecutor",
        "prosecutors",
        "court",
        "courts",
    ),
    *("judge", "state", "ministry", "president", "navy", "customs"),
)
"""Words of the mapping, not of the reader: the sets ask "state actor or not", which the reader does not answer."""


def organisations(world: World) -> dict[str, Mapping[str, str]]:
    """The organisations of the codes by their canonical names."""
    return {one["canonical"]: one for one in world.codes("organisations").get("organisation", ()) if "canonical" in one}


def of_state(party: Party, known: Mapping[str, Mapping[str, str]]) -> bool:
    """Whether an accused party acts for a state, by what the codes know of it, else by its words.

    >>> of_state(Party("the riot police"), {}), of_state(Party("gunmen"), {})
    (True, False)
    """
    found = known.get(party.canonical)
    if found is not None:
        return found["kind"] in STATE_KINDS
    words = party.words.casefold().replace("’", "'").replace("'s", "").split()
    return any(word.strip(".,") in STATE_WORDS for word in words)


def country_of(party: Party, known: Mapping[str, Mapping[str, str]]) -> str:
    """The country of an organisation that the codes know, or of a state's body ("Egypt: police"); "" for none."""
    found = known.get(party.canonical)
    if found is not None:
        return found.get("country", "")
    country, colon, _ = party.canonical.partition(": ")
    return country if colon else ""


def once(words: Iterable[str]) -> Sequence[str]:
    return [word for word in dict.fromkeys(words) if word]
