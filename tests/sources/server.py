"""A web server on this machine that answers as each test wants, rightly or wrongly."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    answers: dict[str, Answer]
    asked: list[tuple[str, dict[str, str]]]

    def do_GET(self) -> None:
        self.asked.append((self.path, {key.lower(): value for key, value in self.headers.items()}))
        self.close_connection = True
        with suppress(BrokenPipeError, ConnectionResetError):  # who asked has gone, as some tests want
            self.answers.get(self.path, status(404))(self)

    def log_message(self, *_: object) -> None:
        return


class Server(ThreadingHTTPServer):
    """Gives each path its answer; `asked` holds what it was asked, `address` says where it is."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        super().__init__(("127.0.0.1", 0), type("Mine", (Handler,), {"answers": self.answers, "asked": self.asked}))

    def address(self, path: str = "/a") -> str:
        return f"http://127.0.0.1:{self.server_address[1]}{path}"

    def at(self, answer: Answer, path: str = "/a") -> str:
        self.answers[path] = answer
        return self.address(path)


@contextmanager
def serving() -> Iterator[Server]:
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


# --- answers ------------------------------------------------------------------------------------------------------


def whole(content: bytes, kind: str = "text/html", **headers: str) -> Answer:
    def answer(handler: Handler) -> None:
        handler.send_response(200)
        if kind:
            handler.send_header("content-type", kind)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("content-length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    return answer


def status(code: int) -> Answer:
    def answer(handler: Handler) -> None:
        handler.send_response(code)
        handler.send_header("content-type", "text/html")
        handler.send_header("content-length", "6")
        handler.end_headers()
        handler.wfile.write(b"killed")

    return answer


def elsewhere(address: str, code: int = 302) -> Answer:
    def answer(handler: Handler) -> None:
        handler.send_response(code)
        handler.send_header("location", address)
        handler.send_header("content-length", "0")
        handler.end_headers()

    return answer


def raw(*parts: bytes) -> Answer:
    """Bytes as they are, in place of an HTTP answer."""

    def answer(handler: Handler) -> None:
        for part in parts:
            handler.wfile.write(part)

    return answer


def endless(start: bytes, part: bytes, pause: float = 0) -> Answer:
    """A start, and then the same part again and again until whoever asked hangs up."""

    def answer(handler: Handler) -> None:
        waiting = threading.Event()
        handler.wfile.write(start)
        while not waiting.wait(pause):
            handler.wfile.write(part)

    return answer
