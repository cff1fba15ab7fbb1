"""What follows a decision: the case is built again, at once where that is quick, else by a process beside the server.

Every decision is in the journal before this begins, so that a server which is killed has lost nothing.
"""

from __future__ import annotations

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

    @property
    def working(self) -> bool:
        """Whether a build is under way that pages do not show yet."""
        self._look()
        return self._beside is not None

    def after_decisions(self) -> None:
        """Brings tolls and pages level with the journal."""
        with self._lock:
            if self.desk.small:
                self.desk.case.build()
                self.desk.fill()
                return
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
