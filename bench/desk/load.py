"""How long the desk takes over each of its pages, and how much memory its server holds, on a case that is there.

    .venv/bin/python -m bench.desk.load FOLDER [--each 40] [--at-once 2] [--only RE] [--decide] [--json]

The server is a process of its own, as `cenotaph serve` starts it. Each kind of page is asked for so often, each time
for another report, incident, place or word of the case, in an order that mixes the kinds. With --decide so many reports
are called relevant and so many claims accepted among them, which stays in the case. Time is from the request to its
last byte, as a client on this machine sees it.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import httpx2
import sqlalchemy as sa

from cenotaph.desk import Desk, tables

WORDS = ("killed", "civilians wounded", "Baniyas", "بانياس", "قتل مدنيون", "شهداء", "shelling hospital", "children",
         "طرطوس", "market", "\"were killed\"", "Latakia 12")  # fmt: skip
BARS = {"search": 300.0, "decision": 2_000.0}
"""Milliseconds at the 95th percentile that a kind of page may take; any other PAGE. A decision is worked out in it."""
PAGE = 100.0
MEMORY = 500
"""Megabytes that the server may hold."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of page and the addresses of it that are asked for; of decisions the forms that are sent there."""

    name: str
    paths: Sequence[str]
    forms: Sequence[Mapping[str, str]] = ()


def kinds(desk: Desk, each: int, seed: int = 1, *, decide: bool = False) -> list[Kind]:
    """What is asked for: ids are taken evenly from what the case holds, the largest among them."""
    draw = random.Random(seed)

    def some(query: sa.Select[tuple[str]], most: int = each) -> list[str]:
        found = [str(one) for one in desk.rows(query, scalars=True)]
        return [found[draw.randrange(len(found))] for _ in range(most)] if found else []

    reports = some(sa.select(tables.reports.c.report).where(tables.reports.c.newest == 1).limit(20_000))
    tops = sa.select(tables.incidents.c.incident).where(tables.incidents.c.kind == "episode")
    large = some(tops.order_by(tables.incidents.c.claims.desc()).limit(100))
    incidents = some(sa.select(tables.incidents.c.incident).where(tables.incidents.c.kind == "incident").limit(20_000))
    roots = some(sa.select(tables.roots.c.root).order_by(tables.roots.c.claims.desc()).limit(100))
    problems = some(sa.select(tables.problems.c.problem).limit(5_000))
    total = desk.rows(sa.select(sa.func.count().label("n")).select_from(tables.reports))[0]["n"]
    offsets = [draw.randrange(max(1, int(total))) for _ in range(each)]
    words = [quote(draw.choice(WORDS)) for _ in range(each)]
    return [
        Kind("case", ["/"] * each),
        Kind("inbox", [f"/inbox?from={one // 50 * 50}" for one in offsets]),
        Kind("inbox, new", ["/inbox?state=new"] * each),
        Kind("report", [f"/report/{one}" for one in reports]),
        Kind("incidents", [f"/incidents?from={one % 2_000 // 50 * 50}" for one in offsets]),
        Kind("episode", [f"/incidents/{one}" for one in large]),
        Kind("incident", [f"/incidents/{one}" for one in incidents]),
        Kind("roots", ["/roots"] * each),
        Kind("root", [f"/roots/{quote(one, safe='')}" for one in roots]),
        Kind("problems", ["/problems"] * each),
        Kind("problem", [f"/problems/{one}" for one in problems]),
        Kind("people", ["/people"] * each),
        Kind("journal", ["/journal"] * each),
        Kind("search", [f"/search?q={one}" for one in words]),
        Kind("search, claims", [f"/search?q={one}&kind=claims" for one in words]),
        Kind("map", ["/map/places"] * each),
        *(_decisions(reports, some(sa.select(tables.claims.c.claim).where(tables.claims.c.reads == 0).limit(5_000)))
          if decide else []),
    ]  # fmt: skip


def _decisions(reports: Sequence[str], claims: Sequence[str]) -> list[Kind]:
    why = "for the bench"
    called = [{"as": "relevant", "report": one, "why": why} for one in reports]
    accepted = [{"verb": "accept", "about": one, "why": why} for one in claims]
    return [
        Kind("decision, report", ["/inbox/triage"] * len(called), called),
        Kind("decision, claim", ["/decide"] * len(accepted), accepted),
    ]


@contextmanager
def serving(folder: Path) -> Iterator[tuple[httpx2.Client, int]]:
    """A server over the case, and a client that came in by its link; its process id."""
    command = [sys.executable, "-m", "cenotaph", "serve", str(folder), "--no-browser", "--who", "The Bench"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    link = server.stdout.readline().strip()
    try:
        base = link.partition("/enter")[0]
        with httpx2.Client(
            base_url=base, headers={"sec-fetch-site": "same-origin"}, timeout=60, trust_env=False
        ) as client:
            client.get(link.removeprefix(base), follow_redirects=True)
            yield client, server.pid
    finally:
        server.terminate()
        server.wait()


def memory(pid: int) -> float:
    """Megabytes that a process holds now (Linux)."""
    told = Path(f"/proc/{pid}/status").read_text()
    found = re.search(r"VmRSS:\s+(\d+) kB", told)
    assert found is not None
    return int(found[1]) / 1024


def asked(client: httpx2.Client, path: str, form: Mapping[str, str] | None = None) -> tuple[float, int, int]:
    """Milliseconds, status and bytes of one page, or of what a form led to; 200 where it leads on."""
    start = time.perf_counter()
    answer = client.get(path) if form is None else client.post(path, data=form)
    status = 200 if form is not None and answer.status_code == 303 else answer.status_code
    return (time.perf_counter() - start) * 1000, status, len(answer.content)


def run(client: httpx2.Client, found: Sequence[Kind], at_once: int) -> Mapping[str, list[tuple[float, int, int]]]:
    """Every page of every kind, mixed."""
    todo = [
        (kind.name, path, kind.forms[at] if kind.forms else None)
        for kind in found for at, path in enumerate(kind.paths)
    ]  # fmt: skip
    random.Random(2).shuffle(todo)
    for kind in found:  # the first of each kind loads what all later ones share
        if kind.paths and not kind.forms:
            client.get(kind.paths[0])
    out: dict[str, list[tuple[float, int, int]]] = defaultdict(list)
    with ThreadPoolExecutor(at_once) as pool:
        for (name, path, _), told in zip(todo, pool.map(lambda one: asked(client, one[1], one[2]), todo), strict=True):
            out[name].append(told)
            if told[1] != 200:
                print(f"{told[1]} {path}", file=sys.stderr)
    return out


def share(values: Sequence[float], part: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.desk.load", description="the desk's pages under load")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--each", type=int, default=40, help="how often each kind of page is asked for (40)")
    parser.add_argument("--at-once", type=int, default=2, help="requests at once (2)")
    parser.add_argument("--only", default="", help="kinds whose name has this")
    parser.add_argument("--decide", action="store_true", help="decide among it; that stays in the case")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    desk = Desk(given.folder)
    desk.fill(lambda what, done, of: print(f"\r{what} {done:,} of {of:,}   ", end="", file=sys.stderr))
    found = [one for one in kinds(desk, given.each, decide=given.decide) if re.search(given.only, one.name)]
    with serving(given.folder) as (client, pid):
        idle = memory(pid)
        told = run(client, found, given.at_once)
        held = memory(pid)
    rows = [_row(name, values) for name, values in told.items()]
    print(json.dumps(rows, indent=1)) if given.json else _show(rows, idle, held)
    return 0 if all(row["over"] == 0 and not row["failed"] for row in rows) and held < MEMORY else 1


def _row(name: str, values: Sequence[tuple[float, int, int]]) -> dict[str, object]:
    times = [one[0] for one in values]
    bar = next((most for start, most in BARS.items() if name.startswith(start)), PAGE)
    p95 = share(times, 0.95)
    return {
        "page": name, "asked": len(times), "p50": share(times, 0.5), "p95": p95, "most": max(times), "bar": bar,
        "over": max(0.0, p95 - bar), "failed": sum(one[1] != 200 for one in values),
        "kB": sum(one[2] for one in values) / len(values) / 1000,
    }  # fmt: skip


def _show(rows: Sequence[Mapping[str, object]], idle: float, held: float) -> None:
    line: Callable[..., str] = "{:18} {:>6} {:>8} {:>8} {:>8} {:>6} {:>7} {:>7}".format
    print(line("page", "asked", "p50 ms", "p95 ms", "most ms", "bar", "failed", "kB"))
    for row in rows:
        told = [f"{row[name]:.0f}" for name in ("p50", "p95", "most", "bar")]
        print(line(str(row["page"]), str(row["asked"]), *told, str(row["failed"]), f"{row['kB']:.0f}"))
    print(f"memory of the server: {idle:.0f} MB at the start, {held:.0f} MB after; bar {MEMORY} MB")


if __name__ == "__main__":
    sys.exit(main())
