"""The lines of the picture of roots as SVG and as rows: some hundred on a page, over which a template would be slow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from cenotaph.desk.root_graph import Graph, Line
from cenotaph.web.texts import Texts

__all__ = ["Drawn", "drawn"]


@dataclass(frozen=True, slots=True)
class Drawn:
    """`paths` are the lines of each picture, `rows` the same once more for a table."""

    paths: Sequence[Markup]
    rows: Markup


def drawn(texts: Texts, graphs: Sequence[Graph]) -> Drawn:
    """Pictures of the same lines: what a line says is said once for all of them. All words are escaped here."""
    first = graphs[0].lines if graphs else ()
    called = {one: escape(one) for line in first for one in (line.root_name, line.outlet)}
    counts = {line.claims: escape(texts("count.claims", n=line.claims)) for line in first}
    nobody, others = escape(texts("roots.nobody")), escape(texts("roots.other_outlets"))

    def root(line: Line) -> Markup:
        return called[line.root_name] if line.root_name else nobody

    def outlet(line: Line) -> Markup:
        return called[line.outlet] if line.outlet else others

    says = [f"{root(line)} – {outlet(line)}: {counts[line.claims]}" for line in first]
    rows = (
        f'<tr><th scope="row"><bdi>{root(line)}</bdi></th><td><bdi>{outlet(line)}</bdi></td>'
        f'<td class="number">{escape(texts.number(line.claims))}</td></tr>'
        for line in first
    )
    return Drawn([_paths(graph, says) for graph in graphs], Markup("\n".join(rows)))


def _paths(graph: Graph, says: Sequence[str]) -> Markup:
    return Markup("\n".join(
        f'<path d="{escape(line.path)}" stroke-width="{line.breadth if line.named else 1}" data-root="{line.root}"'
        f'{"" if line.named else _UNNAMED}><title>{said}</title></path>'
        for line, said in zip(graph.lines, says, strict=True)
    ))  # fmt: skip


_UNNAMED = ' class="graph__unnamed"'
