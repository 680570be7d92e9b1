"""What is done to automations and timers."""

from __future__ import annotations

from tests.live.odoo.probes import EVERY, At, block, field, gate, model, read, step

GATES = [
    model(),
    field("stage_id"),
    step("lead", "crm.lead", "create", vals_list=[{"name": "G-1", "expected_revenue": 0}]),
    gate(
        "gate",
        "[('stage_id','!=',2)]",
        "[('stage_id','=',2),('expected_revenue','=',0)]",
        trigger_field_ids=[[6, 0, [At("field")]]],
    ),
    block("gate", "Needs an amount"),
    step("refused", "crm.lead", "write", ids=[At("lead")], vals={"stage_id": 2}),
    step("other field", "crm.lead", "write", ids=[At("lead")], vals={"name": "G-1b"}),
    step(
        "with amount",
        "crm.lead",
        "write",
        ids=[At("lead")],
        vals={"stage_id": 2, "expected_revenue": 5},
    ),
    step("inside", "crm.lead", "write", ids=[At("lead")], vals={"expected_revenue": 0}),
    step("again", "crm.lead", "write", ids=[At("lead")], vals={"stage_id": 2}),
    step("create in it", "crm.lead", "create", vals_list=[{"name": "G-2", "stage_id": 2}]),
    step("several", "crm.lead", "create", vals_list=[{"name": "G-3"}, {"name": "G-4"}]),
    step(
        "all or none",
        "crm.lead",
        "write",
        ids=[At("several"), At("several", 1)],
        vals={"stage_id": 2},
    ),
    read("still", "crm.lead", ["name", "stage_id"], [["name", "like", "G-"]], order="id"),
    read(
        "rule",
        "base.automation",
        [
            "name",
            "model_id",
            "model_name",
            "active",
            "trigger",
            "trigger_field_ids",
            "filter_pre_domain",
            "filter_domain",
            "trg_date_id",
            "trg_date_range",
            "trg_date_range_type",
            "trg_date_range_mode",
            "trg_date_calendar_id",
            "action_server_ids",
            "last_run",
            "trg_field_ref",
        ],
        [["id", "=", At("gate")]],
    ),
    read(
        "action",
        "ir.actions.server",
        [
            "name",
            "model_id",
            "model_name",
            "state",
            "code",
            "base_automation_id",
            "usage",
            "sequence",
            "activity_type_id",
            "activity_summary",
            "activity_user_type",
        ],
        [["base_automation_id", "=", At("gate")]],
    ),
    step("switched off", "base.automation", "write", ids=[At("gate")], vals={"active": False}),
    step("lets pass", "crm.lead", "write", ids=[At("several")], vals={"stage_id": 2}),
    step(
        "bad python",
        "ir.actions.server",
        "create",
        words=False,
        vals_list=[
            {"name": "x", "model_id": At("model"), "state": "code", "code": "raise UserError('x'"}
        ],
    ),
    step("stage", "crm.stage", "create", vals_list=[{"name": "G-S", "sequence": 99}]),
    gate("stale", "[('stage_id','!=',<stage>)]", "[('stage_id','=',<stage>)]"),
    step("stage away", "crm.stage", "unlink", ids=[At("stage")]),
    read("left behind", "base.automation", ["name", "filter_domain"], [["id", "=", At("stale")]]),
    step("stale away", "base.automation", "unlink", ids=[At("stale")]),
    step(
        "hazard",
        "base.automation",
        "create",
        vals_list=[
            {
                "name": "hazard",
                "model_id": At("model"),
                "trigger": "on_stage_set",
                "trg_field_ref": 2,
                "filter_domain": "[('expected_revenue','=',0)]",
            }
        ],
    ),
    block("hazard", "Everything"),
    read(
        "hazard is",
        "base.automation",
        ["filter_pre_domain", "filter_domain"],
        [["id", "=", At("hazard")]],
    ),
    step("every create", "crm.lead", "create", vals_list=[{"name": "G-9"}]),
    step("hazard away", "base.automation", "unlink", ids=[At("hazard")]),
    read("action away", "ir.actions.server", ["name"], [["name", "=", "block hazard"]]),
    step(
        "set is",
        "base.automation",
        "create",
        vals_list=[
            {"name": "set", "model_id": At("model"), "trigger": "on_stage_set", "trg_field_ref": 2}
        ],
    ),
    read(
        "set reads",
        "base.automation",
        ["filter_pre_domain", "filter_domain", "trigger_field_ids"],
        [["id", "=", At("set is")]],
    ),
    step("set away", "base.automation", "unlink", ids=[At("set is")]),
    gate("broken", "[]", "nonsense("),
    step("every write", "crm.lead", "write", words=False, ids=[At("lead")], vals={"name": "G-1c"}),
    step("broken away", "base.automation", "unlink", ids=[At("broken")]),
    step(
        "no trigger",
        "base.automation",
        "create",
        vals_list=[{"name": "x", "model_id": At("model")}],
    ),
    step("no model", "base.automation", "create", vals_list=[{"name": "x", "trigger": "on_write"}]),
    step(
        "bad trigger",
        "base.automation",
        "create",
        vals_list=[{"name": "x", "model_id": At("model"), "trigger": "wat"}],
    ),
]

_CRON = [["code", "like", "_cron_process_time_based_actions"]]
_TIMED = [
    "name",
    "trg_date_id",
    "trg_date_range",
    "trg_date_range_type",
    "trg_date_range_mode",
    "trg_date_calendar_id",
    "filter_domain",
    "trigger_field_ids",
]
TIMERS = [
    model(),
    field("date_deadline"),
    step("cron", "ir.cron", "search", domain=_CRON, context=EVERY),
    step("type", "mail.activity.type", "search", domain=[["name", "=", "To-Do"]]),
    step(
        "late",
        "crm.lead",
        "create",
        vals_list=[{"name": "S-late", "user_id": False, "date_deadline": "2020-01-01"}],
    ),
    step(
        "early",
        "crm.lead",
        "create",
        vals_list=[{"name": "S-early", "user_id": False, "date_deadline": "2999-01-01"}],
    ),
    step("never", "crm.lead", "create", vals_list=[{"name": "S-never", "user_id": False}]),
    step(
        "timer",
        "base.automation",
        "create",
        vals_list=[
            {
                "name": "sla",
                "model_id": At("model"),
                "trigger": "on_time",
                "trg_date_id": At("field"),
                "trg_date_range": 1,
                "trg_date_range_type": "day",
                "trg_date_range_mode": "after",
                "filter_domain": "[('name','like','S-')]",
            }
        ],
    ),
    step(
        "act",
        "ir.actions.server",
        "create",
        vals_list=[
            {
                "name": "warn",
                "model_id": At("model"),
                "state": "next_activity",
                "activity_type_id": At("type"),
                "activity_summary": "SLA breached",
                "activity_user_type": "specific",
                "activity_user_id": 2,
                "base_automation_id": At("timer"),
            }
        ],
    ),
    step(
        "quick",
        "base.automation",
        "create",
        vals_list=[
            {
                "name": "sla now",
                "model_id": At("model"),
                "trigger": "on_time_created",
                "trg_date_range": 4,
                "trg_date_range_type": "hour",
                "filter_domain": "[('name','like','S-')]",
            }
        ],
    ),
    read("timers", "base.automation", _TIMED, [["name", "like", "sla"]], order="id"),
    step("fire", "ir.cron", "method_direct_trigger", ids=[At("cron")]),
    read(
        "warned",
        "mail.activity",
        ["summary", "res_model", "user_id", "activity_type_id"],
        [["summary", "=", "SLA breached"], ["res_model", "=", "crm.lead"]],
        order="id",
    ),
    step("fire again", "ir.cron", "method_direct_trigger", ids=[At("cron")]),
    step("not twice", "mail.activity", "search_count", domain=[["summary", "=", "SLA breached"]]),
    step(
        "negative",
        "base.automation",
        "create",
        vals_list=[
            {
                "name": "sla x",
                "model_id": At("model"),
                "trigger": "on_time_created",
                "trg_date_range": -4,
                "trg_date_range_type": "day",
            }
        ],
    ),
    step("away", "base.automation", "unlink", ids=[At("timer"), At("quick")]),
]
