"""Diagnostics as SARIF 2.1.0, for code scanning."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from ixia_config import __version__
from ixia_config.codes import Diagnostic, Related, Severity, documentation
from ixia_config.model import Mark
from ixia_config.render.plan_json import written
from ixia_config.render.wording import capital, clean

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def diagnostics_sarif(found: Sequence[Diagnostic]) -> str:
    """One run with a rule for each code that was found."""
    rules = {each.code: type(each) for each in found}
    order = sorted(rules)
    driver = {
        "name": "Ixia Config",
        "version": __version__,
        "rules": [_rule(code, rules[code]) for code in order],
    }
    results = [_result(each, order.index(each.code)) for each in found]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return written({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(code: str, cls: type[Diagnostic]) -> dict[str, Any]:
    doc = documentation(cls)
    return {
        "id": code,
        "name": cls.__name__.lstrip("_"),
        "shortDescription": {"text": doc.title or code},
        "fullDescription": {"text": doc.text or doc.title or code},
        "help": {"text": f"{doc.text}\n\nMore: ixia explain {code}".strip()},
        "defaultConfiguration": {"level": _level(doc.severity)},
    }


def _level(severity: Severity) -> str:
    match severity:
        case Severity.ERROR:
            return "error"
        case Severity.WARNING:
            return "warning"
        case Severity.INFO:
            return "note"


def _result(each: Diagnostic, rule: int) -> dict[str, Any]:
    hint = f". {capital(clean(each.advised()))}" if each.advised() else ""
    text = clean(each.said()) + hint
    result: dict[str, Any] = {
        "ruleId": each.code,
        "ruleIndex": rule,
        "level": _level(each.severity),
        "message": {"text": text},
        "partialFingerprints": {"ixia/v1": _fingerprint(each)},
    }
    if each.related and not (each.conceals or each.personal):
        result["relatedLocations"] = [_related(number, other) for number, other in _placed(each)]
    return {**result, "locations": [_location(each.mark)]} if each.mark else result


def _placed(each: Diagnostic) -> list[tuple[int, Related]]:
    return list(enumerate((other for other in each.related if other.mark), 1))


def _related(number: int, other: Related) -> dict[str, Any]:
    """Another place of the finding; code scanning links to it."""
    place = _location(other.mark) if other.mark else {}
    return {"id": number, **place, "message": {"text": clean(f"{other.name}: {other.words}")}}


def _fingerprint(each: Diagnostic) -> str:
    """Stays the same while only the lines before it move."""
    place = each.mark.file if each.mark else ""
    return hashlib.sha256(f"{each.code}|{place}|{each.said()}".encode(errors="replace")).hexdigest()


def _location(mark: Mark) -> dict[str, Any]:
    region = {
        "startLine": max(mark.line, 1),
        "startColumn": max(mark.column, 1),
        "endColumn": max(mark.column, 1) + max(mark.width, 1),
    }
    uri = quote(mark.file.encode(errors="replace"))
    return {"physicalLocation": {"artifactLocation": {"uri": uri}, "region": region}}
