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
    gate("watched", False, "[('name','like','G-W')]", trigger_field_ids=[[6, 0, [At("field")]]]),
    block("watched", "Moved"),
    step("worked out", "crm.lead", "create", vals_list=[{"name": "G-W"}]),
    step("watching", "crm.lead", "create", vals_list=[{"name": "G-W", "stage_id": 1}]),
    step("unwatched", "crm.lead", "write", ids=[At("watching")], vals={"phone": "1"}),
    step("the same stage", "crm.lead", "write", ids=[At("watching")], vals={"stage_id": 1}),
    step("another stage", "crm.lead", "write", ids=[At("watching")], vals={"stage_id": 3}),
    step("watched away", "base.automation", "unlink", ids=[At("watched")]),
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

LOADED = [
    model(),
    field("stage_id"),
    step("lead", "crm.lead", "create", vals_list=[{"name": "J-1"}]),
    step(
        "rule",
        "base.automation",
        "load",
        fields=[
            "id",
            "name",
            "model_id/.id",
            "trigger",
            "trigger_field_ids/.id",
            "filter_pre_domain",
            "filter_domain",
            "active",
        ],
        data=[
            [
                "__probe__.g",
                "gate",
                "<model>",
                "on_write",
                "<field>",
                "[('stage_id', '!=', 3)]",
                "['&', ('stage_id', '=', 3), ('phone', '=', False)]",
                "1",
            ]
        ],
    ),
    step(
        "action",
        "ir.actions.server",
        "load",
        fields=["id", "name", "model_id/.id", "state", "code", "base_automation_id/id"],
        data=[
            [
                "__probe__.ga",
                "block",
                "<model>",
                "code",
                'raise UserError("It\'s closed")',
                "__probe__.g",
            ]
        ],
    ),
    step("refused", "crm.lead", "write", ids=[At("lead")], vals={"stage_id": 3}),
    step(
        "loaded again",
        "base.automation",
        "load",
        fields=["id", "name", "filter_domain"],
        data=[["__probe__.g", "gate 2", "[('stage_id', '=', 3)]"]],
    ),
    read(
        "rule now",
        "base.automation",
        ["name", "trigger", "trigger_field_ids", "filter_pre_domain", "filter_domain", "active"],
        [["id", "=", At("rule")]],
    ),
    step(
        "refused still", "crm.lead", "write", ids=[At("lead")], vals={"stage_id": 3, "phone": "1"}
    ),
    step(
        "trigger loaded",
        "base.automation",
        "load",
        fields=["id", "trigger", "filter_domain"],
        data=[["__probe__.g", "on_create_or_write", "[('stage_id', '=', 3)]"]],
    ),
    read(
        "rule last",
        "base.automation",
        ["name", "trigger", "trigger_field_ids", "filter_pre_domain", "filter_domain", "active"],
        [["id", "=", At("rule")]],
    ),
    step(
        "alone",
        "base.automation",
        "create",
        vals_list=[
            {
                "name": "alone",
                "model_id": At("model"),
                "trigger": "on_create_or_write",
                "filter_domain": "[('phone', '=', 'x'), ('stage_id.name', '=', 'x')]",
            }
        ],
    ),
    read(
        "alone is",
        "base.automation",
        ["trigger_field_ids", "filter_domain"],
        [["id", "=", At("alone")]],
    ),
    step(
        "alone changed",
        "base.automation",
        "write",
        ids=[At("alone")],
        vals={"filter_domain": "[('phone', '=', 'x'), ('name', '=', 'x'), ('zip', '=', 'x')]"},
    ),
    read(
        "alone now",
        "base.automation",
        ["trigger_field_ids", "filter_domain"],
        [["id", "=", At("alone")]],
    ),
    step(
        "alone retriggered",
        "base.automation",
        "write",
        ids=[At("alone")],
        vals={"trigger": "on_write"},
    ),
    read(
        "alone last",
        "base.automation",
        ["trigger_field_ids", "filter_domain"],
        [["id", "=", At("alone")]],
    ),
    step("alone away", "base.automation", "unlink", ids=[At("alone")]),
    step("create refused", "crm.lead", "create", vals_list=[{"name": "J-2", "stage_id": 3}]),
    step("away", "base.automation", "unlink", ids=[At("rule")]),
    read(
        "names",
        "ir.model.data",
        ["name"],
        [["module", "=", "__probe__"], ["name", "in", ["g", "ga"]]],
    ),
    step("passes", "crm.lead", "write", ids=[At("lead")], vals={"stage_id": 3}),
]

ASSIGNING = [
    step("param", "ir.config_parameter", "set_param", key="crm.lead.auto.assignment", value="1"),
    step("ann", "res.users", "create", vals_list=[{"name": "Ann", "login": "ann@a.example"}]),
    step("ben", "res.users", "create", vals_list=[{"name": "Ben", "login": "ben@a.example"}]),
    step(
        "team",
        "crm.team",
        "create",
        vals_list=[
            {
                "name": "A-T",
                "use_leads": True,
                "assignment_domain": "[('name','like','A-'),('expected_revenue','<',1000)]",
            }
        ],
    ),
    step(
        "big",
        "crm.team.member",
        "create",
        vals_list=[
            {
                "crm_team_id": At("team"),
                "user_id": At("ann"),
                "assignment_max": 60,
                "assignment_domain": "[('expected_revenue','>=',100)]",
            }
        ],
    ),
    step(
        "small",
        "crm.team.member",
        "create",
        vals_list=[
            {
                "crm_team_id": At("team"),
                "user_id": At("ben"),
                "assignment_max": 90,
                "assignment_domain": "[('expected_revenue','<',100)]",
            }
        ],
    ),
    step(
        "leads",
        "crm.lead",
        "create",
        vals_list=[
            {"name": f"A-{number}", "user_id": False, "expected_revenue": amount}
            for number, amount in enumerate((5, 6, 7, 8, 100, 200, 300, 2000))
        ],
    ),
    step("assign", "crm.team", "search_count", domain=[["id", "=", At("team")]]),
    step("go", "crm.team", "action_assign_leads", ids=[At("team")], words=False),
    step("ann has", "crm.lead", "search_count", domain=[["user_id", "=", At("ann")]]),
    step("ben has", "crm.lead", "search_count", domain=[["user_id", "=", At("ben")]]),
    step("team has", "crm.lead", "search_count", domain=[["team_id", "=", At("team")]]),
    step(
        "wrong",
        "crm.lead",
        "search_count",
        domain=[
            "|",
            "&",
            ["user_id", "=", At("ann")],
            ["expected_revenue", "<", 100],
            "&",
            ["user_id", "=", At("ben")],
            ["expected_revenue", ">=", 100],
        ],
    ),
    read("outside", "crm.lead", ["name", "user_id", "team_id", "type"], [["name", "=", "A-7"]]),
    step(
        "optout",
        "crm.team.member",
        "write",
        ids=[At("big"), At("small")],
        vals={"assignment_optout": True},
    ),
    step("go again", "crm.team", "action_assign_leads", ids=[At("team")], words=False),
    step("team the same", "crm.lead", "search_count", domain=[["team_id", "=", At("team")]]),
    step(
        "nobody",
        "crm.lead",
        "search_count",
        domain=[["team_id", "=", At("team")], ["user_id", "=", False]],
    ),
]
