"""What a decision says besides verb and reason is told in words: no code, no sign of a program reaches a person."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest
from lxml import html
from starlette.testclient import TestClient

from cenotaph.vocabulary import Coder
from cenotaph.web.details import told
from cenotaph.web.speech import Speech
from cenotaph.web.texts import texts

EN, AR = Speech(texts("en")), Speech(texts("ar"))
PROGRAMS = re.compile(r"\b(None|True|False|null)\b|[{}\[\]'\"]|\b[a-z]+_[a-z_]+\b")


@pytest.mark.parametrize(("verb", "details", "en", "ar"), [
    ("assess", {"cells": [{"low": 1200, "high": 1300, "status": "armed forces", "sex": "male"}, {"low": 4}]},
     [("figures", "1,200–1,300 armed forces, male · 4 or more")],
     [("الأرقام", "1,200 إلى 1,300 قوات مسلحة، ذكر · 4 أو أكثر")]),
    ("assess", {"harm": "killed or injured", "standing": "provisional", "residual": False},
     [("harm", "killed or injured"), ("standing", "provisional")], [("الضرر", "قتلى أو جرحى"), ("الحال", "مؤقت")]),
    ("assess", {"residual": True}, [("residual", "yes")], [("الباقي", "نعم")]),
    ("protect", {"also": ["R. Example", "ر. مثال"], "consent": ["keep", "publish"]},
     [("other spellings", "R. Example · ر. مثال"), ("consents to", "be kept · be published")],
     [("كتابات أخرى", "R. Example · ر. مثال"), ("يوافق على", "يحفظ · ينشر")]),
    ("place", {"lat": 35.123456, "precision": 1,
               "entry": {"name": "Harbour", "path": ["Syria", "Tartus"], "middle": None}},
     [("degrees north", "35.123456"), ("how exact", "the place itself"), ("place", "Harbour, Tartus, Syria")],
     [("درجات الشمال", "35.123456"), ("الدقة", "المكان نفسه"), ("المكان", "\u2068Harbour, Tartus, Syria\u2069")]),
    ("triage", {"as": "out of scope"}, [("as", "out of scope")], [("بصفة", "خارج النطاق")]),
    ("must-link", {"with": "claim:1", "as": "one series"}, [("with", "claim:1"), ("as", "one series")],
     [("مع", "claim:1"), ("بصفة", "سلسلة واحدة")]),
    ("grade", {"source": "B", "information": "2"},
     [("source", "usually reliable (B)"), ("information", "2")], [("المصدر", "موثوق عادة (B)"), ("المعلومة", "2")]),
    ("request", {"by": "[protected]", "asked": "killed"}, [("asked by", "[protected]"), ("asked", "killed")],
     [("طلبه", "[محمي]"), ("المطلوب", "killed")]),
    ("odd", {"of_tomorrow": {"a_b": 1234, "c": None}, "nothing": [], "void": ""}, [("of tomorrow", "a b: 1,234")],
     [("of tomorrow", "a b: 1,234")]),
])  # fmt: skip
def test_details_are_told_in_words(verb: str, details: Mapping[str, Any], en: object, ar: object) -> None:
    assert told(EN, verb, details) == en
    assert told(AR, verb, details) == ar


@pytest.mark.parametrize(("coder", "en", "ar"), [
    (Coder("rules", "cenotaph", "0.1"), "the rules of cenotaph, version 0.1",
     "برنامج \u2068cenotaph\u2069 بقواعده، الإصدار 0.1"),
    (Coder("model", "example", "7"), "the model example, version 7", "النموذج \u2068example\u2069، الإصدار 7"),
    (Coder("rules", "sheet", "1"), "the columns of a sheet", "جدول بأعمدته"),
    (Coder("person", "A Reader"), "A Reader", "\u2068A Reader\u2069"),
])  # fmt: skip
def test_who_read_a_claim_is_told_in_words(coder: Coder, en: str, ar: str) -> None:
    assert (EN.coder(coder), AR.coder(coder)) == (en, ar)


def test_the_journal_shows_no_sign_of_a_program(client: TestClient) -> None:
    incident = client.get("/api/v1/incidents").json()["items"][0]["id"]
    claim = client.get(f"/api/v1/claims?incident={incident}").json()["items"][0]["id"]
    details = {
        "harm": "killed", "cells": [{"low": 1200, "high": 1300, "status": "armed forces"}], "relied": [claim],
        "level": "documented", "standing": "provisional", "residual": False,
    }  # fmt: skip
    asked = {"verb": "assess", "about": incident, "why": "read the words", "details": details}
    answer = client.post("/api/v1/decisions", json={"decisions": [asked]})
    assert answer.status_code == 201, answer.text
    page = html.fromstring(client.get("/journal").text)
    shown = [one.text_content() for one in page.xpath("//*[contains(@class, 'entry__details')]//dd")]
    assert "1,200–1,300 armed forces" in shown and "killed" in shown
    assert not [one for one in shown if PROGRAMS.search(one)]
