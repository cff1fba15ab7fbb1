"""A report of one day: figures that were revised, or that are of one site, happened on it where they name no other."""

from __future__ import annotations

from collections.abc import Sequence

from cenotaph.calculus.sites import is_site
from cenotaph.read.page import Draft, Page
from cenotaph.read.ties import id_of

ONE_DAY = "the one past day that its report tells of"


def of_the_one_day(page: Page, drafts: Sequence[Draft]) -> list[Draft]:
    """Gives the day on which all dated harms of a report happened to its revised figures and those of its sites.

    Only where the day lies before that of the report, and no other days are told but those of stocks and statements.
    """
    dated = [one for one in drafts if one.period is not None and one.code not in ("missing", "abducted", "detained")]
    days = {(one.period.start, one.period.end, one.period.of) for one in dated if one.period is not None}
    if len(days) != 1:
        return list(drafts)
    start, end, of = next(iter(days))
    if start is None or start != end or of != "happened" or page.today is None or end >= page.today:
        return list(drafts)
    replaced = {one.whole for one in drafts if one.tie == "replaces"}
    model = dated[0]
    return [
        one.having("period", model.period, model.where("period"), ONE_DAY)
        if one.period is None and (is_site(one.place) or one.tie == "replaces" or id_of(one) in replaced)
        else one
        for one in drafts
    ]
