"""What the first pages of a case share, worked out before anybody asks for them."""

from __future__ import annotations

from cenotaph.case.collecting import uncollected
from cenotaph.desk import Desk, root_graph, roots
from cenotaph.desk.choices import choices
from cenotaph.desk.mapping import lines
from cenotaph.desk.overview import overview
from cenotaph.desk.people import voices
from cenotaph.desk.search_asked import Asked
from cenotaph.desk.timeline import timeline

__all__ = ["look"]


def look(desk: Desk) -> None:
    """Loads what every page needs, and what the pages of the whole case add up; of a million claims some seconds."""
    with uncollected():
        desk.warm()
        overview(desk)
        lines(desk, Asked(kind="claims"))
        timeline(desk, Asked())
        root_graph.graph(desk)
        roots.tethers(desk)
        choices(desk)
        voices(desk)
