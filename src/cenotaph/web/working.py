"""What follows a decision: the case is built again, at once where that is quick, else by a process beside the server.

Every decision is in the journal before this begins, so that a server which is killed has lost nothing.
"""

from __future__ import annotations

import logging
import subprocess
import sys
import threading

from cenotaph.desk import Desk

__all__ = ["Worker"]


class Worker:
    """Builds one case, one build at a time."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._lock = threading.Lock()
        self._beside: subprocess.Popen[bytes] | None = None
        self._again = False
        self.trouble = ""

    @property
    def working(self) -> bool:
        """Whether a build is under way that pages do not show yet."""
        self._look()
        return self._beside is not None

    def after_decisions(self) -> None:
        """Brings tolls and pages level with the journal. What goes wrong in that is told on every page: what was
        decided is in the journal all the same, and nobody must think that it is not.
        """
        with self._lock:
            if self.desk.small:
                try:
                    self.desk.case.build()
                    self.desk.fill()
                    self.trouble = ""
                except Exception as error:
                    logging.getLogger(__name__).exception("the case could not be built after a decision")
                    self.trouble = f"{type(error).__name__}: {error}"
                return
            self.desk.level()
        self._start()

    def _start(self) -> None:
        self._look()
        with self._lock:
            if self._beside is not None:
                self._again = True
                return
            command = [sys.executable, "-m", "cenotaph.desk", str(self.desk.case.folder)]
            self._beside = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)

    def _look(self) -> None:
        """Notes that a build beside is done; starts the next one where something was decided meanwhile."""
        with self._lock:
            done = self._beside is not None and self._beside.poll() is not None
            if not done:
                return
            assert self._beside is not None
            ended = self._beside.returncode
            self.trouble = f"cenotaph build ended with {ended}" if ended else ""
            self._beside, again, self._again = None, self._again, False
        if again:
            self._start()

    def stop(self) -> None:
        """Ends a build that is under way; the next one goes on where it was."""
        with self._lock:
            if self._beside is not None:
                self._beside.terminate()
                self._beside.wait()
                self._beside = None
