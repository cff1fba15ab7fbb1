"""What follows a decision: a case is built again at once where that is quick. Of a large one the groups of claims that
the decision touches are worked out at once, and what may follow elsewhere by a process beside the server.

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
        self._captures = desk.captures
        self.trouble = ""

    @property
    def working(self) -> bool:
        """Whether a build is under way that pages do not show yet."""
        self._look()
        return self._beside is not None

    @property
    def left(self) -> str:
        """What pages say of it: "" where all is level, "working" while a build runs that what was decided goes into,
        "rest" where it is worked out in the groups that it touches, "later" where it waits as a whole.
        """
        waits, working = self.desk.waits, self.working
        if waits and not any(one.whole for one in waits):
            return "rest"
        return "working" if working else "later" if waits else ""

    def after_decisions(self) -> None:
        """Brings tolls and pages level with the journal. What goes wrong in that is told on every page: what was
        decided is in the journal all the same, and nobody must think that it is not.
        """
        with self._lock:
            try:
                rest = self._work_out()
                self.trouble = ""
            except Exception as error:
                logging.getLogger(__name__).exception("the case could not be built after a decision")
                self.trouble = f"{type(error).__name__}: {error}"
                return
        if rest:
            self._start()

    def _work_out(self) -> bool:
        """Whether more is left, for a build beside."""
        if self.desk.small:
            self.desk.case.build()
            self.desk.fill()
            return False
        self.desk.work_out()
        before, self._captures = self._captures, self.desk.captures
        return before != self._captures or bool(self.desk.waits)

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
