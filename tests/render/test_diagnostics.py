"""Diagnostics in every format, whatever text stands in the files."""

import json
import re
from dataclasses import dataclass
from typing import ClassVar

import jsonschema
from hypothesis import given
from hypothesis import strategies as st

from ixia_config.codes import Diagnostic
from ixia_config.language import Source
from ixia_config.model import Mark
from ixia_config.render import (
    diagnostics_github,
    diagnostics_json,
    diagnostics_markdown,
    diagnostics_sarif,
    diagnostics_text,
)
from ixia_config.render.layout import WIDTH, width
from tests.render import wrong
from tests.render.generated import texts
from tests.render.test_laws import UNSAFE


@dataclass(frozen=True, kw_only=True)
class Anything(Diagnostic):
    """Whatever somebody wrote"""

    code: ClassVar[str] = "IX399"
    text: str
    advice: str

    def message(self):
        return self.text

    def hint(self):
        return self.advice


marks = st.builds(
    Mark,
    file=st.sampled_from(("a.yaml", "b c.yaml", "x,y:z.yaml")),
    line=st.integers(1, 6),
    column=st.integers(1, 400),
    width=st.integers(0, 300),
)
found = st.lists(
    st.builds(Anything, mark=st.none() | marks, text=texts, advice=texts), max_size=5
).map(tuple)
sources = texts.map(lambda text: {"a.yaml": Source("a.yaml", f"{text}\n{text * 3}\n\t{text}")})

SARIF = {
    "type": "object",
    "required": ["$schema", "version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "required": ["tool", "results"],
                "properties": {
                    "columnKind": {"enum": ["unicodeCodePoints", "utf16CodeUnits"]},
                    "tool": {
                        "properties": {
                            "driver": {
                                "required": ["name", "version", "rules"],
                                "properties": {
                                    "rules": {
                                        "uniqueItems": True,
                                        "items": {
                                            "required": ["id", "shortDescription"],
                                            "properties": {
                                                "shortDescription": {
                                                    "required": ["text"],
                                                    "properties": {
                                                        "text": {"type": "string", "minLength": 1}
                                                    },
                                                }
                                            },
                                        },
                                    }
                                },
                            }
                        }
                    },
                    "results": {
                        "items": {
                            "required": ["ruleId", "ruleIndex", "level", "message"],
                            "properties": {
                                "level": {"enum": ["none", "note", "warning", "error"]},
                                "message": {"required": ["text"]},
                                "locations": {
                                    "items": {
                                        "properties": {
                                            "physicalLocation": {
                                                "required": ["artifactLocation", "region"],
                                                "properties": {
                                                    "region": {
                                                        "properties": {
                                                            "startLine": {"minimum": 1},
                                                            "startColumn": {"minimum": 1},
                                                            "endColumn": {"minimum": 2},
                                                        }
                                                    }
                                                },
                                            }
                                        }
                                    }
                                },
                            },
                        }
                    },
                },
            },
        },
    },
}


@given(found, sources)
def test_text_is_narrow_and_harmless(diagnostics, files):
    shown = diagnostics_text(diagnostics, files)

    assert [] == [line for line in shown.splitlines() if width(line) > WIDTH]
    assert not UNSAFE.search(shown + diagnostics_markdown(diagnostics, files))


@given(st.integers(0, 200), st.integers(1, 30), st.text(alphabet="abcé宽", max_size=250))
def test_carets_stand_under_the_marked_text(start, length, text):
    line = f"{text[:start]}XY{'Z' * length}{text[start:]}"
    mark = Mark("a.yaml", 1, line.index("X") + 1, length + 2)
    error = Anything(mark=mark, text="wrong", advice="")

    shown = diagnostics_text((error,), {"a.yaml": Source("a.yaml", line)}).splitlines()

    user, carets = shown[1], shown[2]
    assert width(user[: user.index("X")]) == carets.index("^")
    assert carets.count("^") == length + 2


@given(found)
def test_each_annotation_is_one_command(diagnostics):
    lines = diagnostics_github(diagnostics).splitlines()

    assert len(diagnostics) == len(lines)
    for line in lines:
        assert re.match(r"::error [^:]*title=IX399::", line)


@given(found)
def test_sarif_has_the_shape_of_sarif(diagnostics):
    written = json.loads(diagnostics_sarif(diagnostics))
    jsonschema.validate(written, SARIF)

    [run] = written["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len(diagnostics) == len(run["results"])
    for result in run["results"]:
        assert result["ruleId"] == rules[result["ruleIndex"]]["id"]


@given(found)
def test_json_loses_nothing(diagnostics):
    written = json.loads(diagnostics_json(diagnostics))["diagnostics"]

    assert [each.text for each in diagnostics] == [each["message"] for each in written]


def test_the_text_of_a_secret_is_in_no_format():
    shown = (
        diagnostics_text(wrong.FOUND, wrong.SOURCES)
        + diagnostics_markdown(wrong.FOUND, wrong.SOURCES)
        + diagnostics_json(wrong.FOUND)
        + diagnostics_github(wrong.FOUND)
        + diagnostics_sarif(wrong.FOUND)
    )

    assert wrong.SECRET not in shown


def test_a_code_is_explained_once():
    assert diagnostics_text(wrong.FOUND, wrong.SOURCES).count("ixia explain IX307") == 1
