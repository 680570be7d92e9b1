"""What is done to calendars, fields and rights."""

from __future__ import annotations

from tests.live.odoo.probes import At, field, model, read, step

_HOURS = ["name", "dayofweek", "hour_from", "hour_to", "day_period", "calendar_id"]
_MONDAY = {"name": "Mon", "dayofweek": "0", "hour_from": 9, "hour_to": 17, "day_period": "morning"}
CALENDARS = [
    step(
        "calendar",
        "resource.calendar",
        "create",
        vals_list=[
            {"name": "K-1", "tz": "Europe/Berlin", "attendance_ids": [[5, 0, 0], [0, 0, _MONDAY]]}
        ],
    ),
    step(
        "overlap",
        "resource.calendar",
        "write",
        ids=[At("calendar")],
        vals={"attendance_ids": [[0, 0, _MONDAY]]},
    ),
    step(
        "append",
        "resource.calendar",
        "write",
        ids=[At("calendar")],
        vals={"attendance_ids": [[0, 0, {**_MONDAY, "name": "Tue", "dayofweek": "1"}]]},
    ),
    read("hours", "resource.calendar.attendance", _HOURS, [["calendar_id", "=", At("calendar")]]),
    step(
        "replace",
        "resource.calendar",
        "write",
        ids=[At("calendar")],
        vals={"attendance_ids": [[5, 0, 0], [0, 0, {**_MONDAY, "name": "Wed", "dayofweek": "2"}]]},
    ),
    read(
        "hours now", "resource.calendar.attendance", _HOURS, [["calendar_id", "=", At("calendar")]]
    ),
    step("office", "resource.calendar", "create", vals_list=[{"name": "K-2"}]),
    read(
        "calendars",
        "resource.calendar",
        ["name", "tz", "active", "attendance_ids", "company_id"],
        [["name", "like", "K-"]],
        order="id",
    ),
    step(
        "leave",
        "resource.calendar.leaves",
        "create",
        vals_list=[
            {
                "name": "Xmas",
                "calendar_id": At("calendar"),
                "date_from": "2026-12-24 23:00:00",
                "date_to": "2026-12-25 22:59:59",
            }
        ],
    ),
    step(
        "backwards",
        "resource.calendar.leaves",
        "create",
        vals_list=[
            {
                "name": "Xmas",
                "calendar_id": At("calendar"),
                "date_from": "2026-12-24 23:00:00",
                "date_to": "2026-12-23 22:59:59",
            }
        ],
    ),
    read(
        "leaves",
        "resource.calendar.leaves",
        ["name", "calendar_id", "date_from", "resource_id", "time_type", "company_id"],
        [["name", "=", "Xmas"]],
    ),
    step("away", "resource.calendar", "unlink", ids=[At("calendar")]),
    read(
        "hours left", "resource.calendar.attendance", _HOURS, [["calendar_id", "=", At("calendar")]]
    ),
]

_FIELD = [
    "name",
    "model",
    "ttype",
    "field_description",
    "selection_ids",
    "selection",
    "state",
    "required",
    "store",
    "relation",
    "readonly",
    "help",
]
FIELDS = [
    model(),
    field("stage_id", "base"),
    step(
        "no x",
        "ir.model.fields",
        "create",
        vals_list=[
            {"name": "foo", "model_id": At("model"), "ttype": "char", "field_description": "Foo"}
        ],
    ),
    step(
        "field",
        "ir.model.fields",
        "create",
        vals_list=[
            {
                "name": "x_p_foo",
                "model_id": At("model"),
                "ttype": "char",
                "field_description": "Foo",
            }
        ],
    ),
    step(
        "twice",
        "ir.model.fields",
        "create",
        vals_list=[
            {
                "name": "x_p_foo",
                "model_id": At("model"),
                "ttype": "char",
                "field_description": "Foo",
            }
        ],
    ),
    step(
        "bad type",
        "ir.model.fields",
        "create",
        vals_list=[
            {"name": "x_p_b", "model_id": At("model"), "ttype": "wat", "field_description": "Foo"}
        ],
    ),
    step(
        "bad name",
        "ir.model.fields",
        "create",
        vals_list=[
            {
                "name": "x_Bad Name",
                "model_id": At("model"),
                "ttype": "char",
                "field_description": "F",
            }
        ],
    ),
    step(
        "load",
        "ir.model.fields",
        "load",
        fields=["id", "name", "model_id/.id", "ttype", "field_description", "state"],
        data=[["__probe__.f", "x_p_int", "<model>", "integer", "Int", "manual"]],
    ),
    step(
        "load again",
        "ir.model.fields",
        "load",
        fields=["id", "name", "model_id/.id", "ttype", "field_description", "state"],
        data=[["__probe__.f", "x_p_int", "<model>", "integer", "Integer", "manual"]],
    ),
    step(
        "options",
        "ir.model.fields",
        "create",
        vals_list=[
            {
                "name": "x_p_sel",
                "model_id": At("model"),
                "ttype": "selection",
                "field_description": "Sel",
                "selection_ids": [
                    [0, 0, {"value": "a", "name": "A", "sequence": 1}],
                    [0, 0, {"value": "b", "name": "B", "sequence": 2}],
                ],
            }
        ],
    ),
    step(
        "option twice",
        "ir.model.fields.selection",
        "create",
        vals_list=[{"field_id": At("options"), "value": "a", "name": "A"}],
    ),
    step(
        "option appended",
        "ir.model.fields",
        "write",
        ids=[At("options")],
        vals={"selection_ids": [[0, 0, {"value": "a", "name": "A2"}]]},
    ),
    step("type changed", "ir.model.fields", "write", ids=[At("options")], vals={"ttype": "char"}),
    step(
        "required",
        "ir.model.fields",
        "write",
        ids=[At("options")],
        vals={"field_description": "Sel!", "required": True},
    ),
    step("base away", "ir.model.fields", "unlink", ids=[At("base")]),
    read("all", "ir.model.fields", _FIELD, [["name", "=like", "x_p_%"]], order="name"),
    step(
        "lead",
        "crm.lead",
        "create",
        vals_list=[{"name": "F-1", "x_p_sel": "a", "x_p_foo": "hey", "x_p_int": 3}],
    ),
    step("bad option", "crm.lead", "create", vals_list=[{"name": "F-2", "x_p_sel": "zz"}]),
    step("without", "crm.lead", "create", vals_list=[{"name": "F-3"}]),
    read(
        "leads",
        "crm.lead",
        ["name", "x_p_sel", "x_p_foo", "x_p_int"],
        [["name", "like", "F-"]],
        order="id",
    ),
    read("found", "crm.lead", ["name"], [["x_p_sel", "=", "a"]]),
    read(
        "lines",
        "ir.model.fields.selection",
        ["value", "name", "sequence"],
        [["field_id", "=", At("options")]],
    ),
    step("not required", "ir.model.fields", "write", ids=[At("options")], vals={"required": False}),
    step("option away", "ir.model.fields.selection", "unlink", ids=[At("lines")]),
    read("cleared", "crm.lead", ["name", "x_p_sel"], [["name", "=", "F-1"]]),
    step("field away", "ir.model.fields", "unlink", ids=[At("options")]),
    read("unknown now", "crm.lead", ["name", "x_p_sel"], [["name", "=", "F-1"]]),
]

_OPTIONS = ["id", "name", "model_id/.id", "ttype", "field_description", "state", "selection"]
OPTIONS = [
    model(),
    step(
        "new",
        "ir.model.fields",
        "load",
        fields=_OPTIONS,
        data=[
            [
                "__probe__.o",
                "x_o_sel",
                "<model>",
                "selection",
                "Size",
                "manual",
                "[('s', 'Small'), ('m', 'Middle')]",
            ]
        ],
    ),
    step("field", "ir.model.fields", "search", domain=[["name", "=", "x_o_sel"]]),
    read(
        "lines",
        "ir.model.fields.selection",
        ["value", "name", "sequence"],
        [["field_id.name", "=", "x_o_sel"]],
    ),
    step(
        "lead",
        "crm.lead",
        "create",
        vals_list=[{"name": "O-1", "x_o_sel": "m"}, {"name": "O-2", "x_o_sel": "s"}],
    ),
    step(
        "changed",
        "ir.model.fields",
        "load",
        fields=["id", "selection"],
        data=[["__probe__.o", "[('l', 'Large'), ('s', 'Tiny')]"]],
    ),
    read(
        "lines now",
        "ir.model.fields.selection",
        ["value", "name", "sequence"],
        [["field_id.name", "=", "x_o_sel"]],
    ),
    read(
        "field now",
        "ir.model.fields",
        ["name", "selection", "selection_ids", "ttype"],
        [["name", "=", "x_o_sel"]],
    ),
    read("leads now", "crm.lead", ["name", "x_o_sel"], [["name", "like", "O-"]], order="id"),
    step(
        "by write",
        "ir.model.fields",
        "write",
        ids=[At("field")],
        vals={"selection": "[('s', 'Tiny'), ('l', 'Large')]"},
    ),
    read(
        "lines last",
        "ir.model.fields.selection",
        ["value", "name", "sequence"],
        [["field_id.name", "=", "x_o_sel"]],
    ),
    step(
        "nonsense",
        "ir.model.fields",
        "write",
        ids=[At("field")],
        words=False,
        vals={"selection": "nonsense("},
    ),
    step(
        "money",
        "ir.model.fields",
        "load",
        fields=[*_OPTIONS[:-1], "currency_field"],
        data=[
            [
                "__probe__.m",
                "x_o_money",
                "<model>",
                "monetary",
                "Money",
                "manual",
                "company_currency",
            ]
        ],
    ),
    step(
        "link",
        "ir.model.fields",
        "load",
        fields=[*_OPTIONS[:-1], "relation"],
        data=[["__probe__.l", "x_o_link", "<model>", "many2one", "Link", "manual", "res.country"]],
    ),
    read(
        "two",
        "ir.model.fields",
        ["name", "ttype", "relation", "currency_field", "on_delete"],
        [["name", "in", ["x_o_money", "x_o_link"]]],
    ),
    step("linked", "crm.lead", "create", vals_list=[{"name": "O-3", "x_o_link": False}]),
    read("link read", "crm.lead", ["x_o_link", "x_o_sel"], [["name", "=", "O-3"]]),
]

RIGHTS = [
    model(),
    step("seen", "crm.lead", "create", vals_list=[{"name": "R-1"}]),
    step("hidden", "crm.lead", "create", vals_list=[{"name": "R-2"}]),
    step(
        "lock",
        "ir.rule",
        "create",
        vals_list=[
            {"name": "lock", "model_id": At("model"), "domain_force": "[('id','=',<seen>)]"}
        ],
    ),
    read("few", "crm.lead", ["name"], [["name", "like", "R-"]]),
    step("read", "crm.lead", "read", ids=[At("hidden")], fields=["name"], words=False),
    step("write", "crm.lead", "write", ids=[At("hidden")], vals={"name": "x"}, words=False),
    step("create", "crm.lead", "create", vals_list=[{"name": "R-3"}], words=False),
    read(
        "rule",
        "ir.rule",
        ["name", "domain_force", "groups", "global", "active", "perm_read"],
        [["name", "=", "lock"]],
    ),
    step("away", "ir.rule", "unlink", ids=[At("lock")]),
    read("both", "crm.lead", ["name"], [["name", "like", "R-"]], order="id"),
    step(
        "bad",
        "ir.rule",
        "create",
        words=False,
        vals_list=[{"name": "x", "model_id": At("model"), "domain_force": "[('nope','=',1)]"}],
    ),
    step(
        "no domain",
        "ir.rule",
        "create",
        words=False,
        vals_list=[{"name": "x", "model_id": At("model"), "domain_force": "f("}],
    ),
    step("set", "ir.config_parameter", "set_param", key="probe.key", value="True"),
    step("set again", "ir.config_parameter", "set_param", key="probe.key", value="x"),
    step("get", "ir.config_parameter", "get_param", key="probe.key"),
    step("get none", "ir.config_parameter", "get_param", key="probe.none"),
    step("twice", "ir.config_parameter", "create", vals_list=[{"key": "probe.key", "value": "x"}]),
    step("clear", "ir.config_parameter", "set_param", key="probe.key", value=False),
    step("gone", "ir.config_parameter", "search_count", domain=[["key", "=", "probe.key"]]),
]
