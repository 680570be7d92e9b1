"""Plans and drift as workflow commands of GitHub Actions."""

from __future__ import annotations

from collections.abc import Sequence

from ixia_config.kinds.pipeline.violations import Judgement
from ixia_config.model import Mark, Plan
from ixia_config.render.diagnostics import annotation
from ixia_config.render.drift import Difference, drift
from ixia_config.render.outline import Risk, outline
from ixia_config.render.violations import Broken, Violations, violations
from ixia_config.render.wording import counted


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


def drift_github(plan: Plan, judged: Sequence[Judgement] = ()) -> str:
    """One warning for each difference and each broken rule, at the policy that it is about."""
    found = drift(plan)
    lines = [annotation("notice", "Ixia drift", found.headline)]
    lines += [_of_difference(each) for each in found.differences]
    for each in violations(plan, judged):
        lines.append(annotation("notice", "Ixia records", each.headline))
        lines += [_of_rule(rule, each) for rule in each.rules]
    return "".join(line + "\n" for line in lines)


def _of_difference(each: Difference) -> str:
    author = f"\n{each.author}" if each.author else ""
    told = f"{each.label}: {each.text}{author}"
    return annotation("warning", "Ixia drift", told, _mark(each.source))


def _of_rule(rule: Broken, found: Violations) -> str:
    stage = f"{rule.stage}: " if rule.stage else ""
    told = f"{stage}{rule.text}, {counted(rule.records, found.noun)}"
    return annotation("warning", "Ixia records", told, _mark(found.source))


def _mark(source: str) -> Mark | None:
    file, _, line = source.rpartition(":")
    return Mark(file, int(line), 1) if file and line.isdecimal() else None
