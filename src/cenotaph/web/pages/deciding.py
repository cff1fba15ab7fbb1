"""deciding"""

from __future__ import annotations

from cenotaph.web.routes import Routes

routes = Routes()
