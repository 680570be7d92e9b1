"""Plans, reports, drift, coverage and diagnostics as text, JSON, Markdown and annotations."""

from ixia_config.render.annotations import drift_github, plan_github
from ixia_config.render.codes import code_json, code_markdown, code_text, codes_markdown
from ixia_config.render.coverage import coverage_json, coverage_markdown, coverage_text
from ixia_config.render.diagnostics import (
    diagnostics_github,
    diagnostics_json,
    diagnostics_markdown,
    diagnostics_text,
    tally,
)
from ixia_config.render.drift import drift_json, drift_markdown, drift_text, has_drift
from ixia_config.render.glossary import Glossary, glossary
from ixia_config.render.outline import Outline, outline
from ixia_config.render.plan_json import plan_json
from ixia_config.render.plan_markdown import plan_markdown
from ixia_config.render.plan_text import plan_text
from ixia_config.render.report import progress_line, report_json, report_markdown, report_text
from ixia_config.render.sarif import diagnostics_sarif
from ixia_config.render.style import PLAIN, Style
from ixia_config.render.violations import has_violations

__all__ = [
    "PLAIN",
    "Glossary",
    "Outline",
    "Style",
    "code_json",
    "code_markdown",
    "code_text",
    "codes_markdown",
    "coverage_json",
    "coverage_markdown",
    "coverage_text",
    "diagnostics_github",
    "diagnostics_json",
    "diagnostics_markdown",
    "diagnostics_sarif",
    "diagnostics_text",
    "drift_github",
    "drift_json",
    "drift_markdown",
    "drift_text",
    "glossary",
    "has_drift",
    "has_violations",
    "outline",
    "plan_github",
    "plan_json",
    "plan_markdown",
    "plan_text",
    "progress_line",
    "report_json",
    "report_markdown",
    "report_text",
    "tally",
]
