"""The calculus of sets and figures: how two sets lie, what two figures say to each other, what a whole allows.

Pure arithmetic over values of the vocabulary; it knows no report, no case and no incident.
"""

from cenotaph.calculus.bounds import Bounds, Conflict, bounds
from cenotaph.calculus.constraints import Constraint
from cenotaph.calculus.relation import Comparison, Relation
from cenotaph.calculus.scopes import relate
from cenotaph.calculus.statements import Judgement, Statement, Verdict
from cenotaph.calculus.table import judged

__all__ = [
    "Bounds",
    "Comparison",
    "Conflict",
    "Constraint",
    "Judgement",
    "Relation",
    "Statement",
    "Verdict",
    "bounds",
    "judged",
    "relate",
]
