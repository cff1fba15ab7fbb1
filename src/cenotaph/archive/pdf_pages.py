"""A PDF on standard input, its pages' words on standard output; a program of its own, so that it can be bounded."""

from __future__ import annotations

import io
import sys


def main(most: int) -> None:
    """The words of the first `most` pages, a form feed between two. Ends with a line of reason for a locked file."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(sys.stdin.buffer.read()))
    if reader.is_encrypted and not reader.decrypt(""):
        sys.exit("it is locked with a password")
    for number, page in enumerate(reader.pages):
        if number >= most:
            break
        words = page.extract_text().replace("\f", "\n")
        sys.stdout.buffer.write(("\f" * bool(number) + words).encode("utf-8", "replace"))


if __name__ == "__main__":
    main(int(sys.argv[1]))
