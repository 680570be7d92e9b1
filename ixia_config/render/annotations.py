"""Plans and drift as workflow commands of GitHub Actions."""

from __future__ import annotations

from ixia_config.model import Mark, Plan
from ixia_config.render.diagnostics import annotation
from ixia_config.render.drift import Difference, drift
from ixia_config.render.outline import Risk, outline


def plan_github(plan: Plan, *, file: str = "") -> str:
    """One notice with the answer, and one command for each risk."""
    outlined = outline(plan)
    if outlined.is_empty:
        return annotation("notice", "Ixia", outlined.agreement) + "\n"
    saved = f"\nSaved as {file}" if file else ""
    answer = f"{outlined.place}: {outlined.headline}{saved}"
    lines = [annotation("notice", f"Ixia plan {outlined.plan}", answer)]
    lines += [_of_risk(risk) for risk in outlined.risks]
    return "".join(line + "\n" for line in lines)


def _of_risk(risk: Risk) -> str:
    hint = f"\n{risk.hint}" if risk.hint else ""
    command = "error" if risk.refused else "warning"
    return annotation(command, risk.code or "Ixia", risk.text + hint)


def drift_github(plan: Plan) -> str:
    """One warning for each difference, at the line of the YAML that it differs from."""
    found = drift(plan)
    lines = [annotation("notice", "Ixia drift", found.headline)]
    lines += [_of_difference(each) for each in found.differences]
    return "".join(line + "\n" for line in lines)


def _of_difference(each: Difference) -> str:
    author = f"\n{each.author}" if each.author else ""
    file, _, line = each.source.rpartition(":")
    mark = Mark(file, int(line), 1) if file and line.isdecimal() else None
    return annotation("warning", "Ixia drift", f"{each.label}: {each.text}{author}", mark)
