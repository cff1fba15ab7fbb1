"""What tests ask of the API: a list or a thing, something that is sent, decisions; each as it must be answered."""

from __future__ import annotations

from typing import Any

from starlette.testclient import TestClient

__all__ = ["HIDDEN", "decided", "got", "sent"]

HIDDEN = "[protected]"


def got(client: TestClient, path: str, status: int = 200, **asked: Any) -> Any:
    answer = client.get(f"/api/v1/{path}", params=asked or None)
    assert answer.status_code == status, (path, asked, answer.text)
    return answer.json()


def sent(client: TestClient, path: str, body: Any, status: int = 201) -> Any:
    answer = client.post(f"/api/v1/{path}", json=body)
    assert answer.status_code == status, (path, body, answer.text)
    return answer.json()


def decided(client: TestClient, *some: dict[str, Any], status: int = 201) -> Any:
    return sent(client, "decisions", {"decisions": [{"why": "a test", **one} for one in some]}, status)
