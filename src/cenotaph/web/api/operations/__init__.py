"""The operations of the API by what they are about; each module adds its own to the routes when it is imported."""

from cenotaph.web.api.operations import case, decisions, export, incidents, people, reports, search, sheets

__all__ = ["case", "decisions", "export", "incidents", "people", "reports", "search", "sheets"]
