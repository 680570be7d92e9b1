"""The models of Odoo 19 that the sandbox has, as far as configuration and leads need them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ixia_connectors.odoo.sandbox.labels import EVERYWHERE, labels
from ixia_connectors.odoo.sandbox.schema import Field, Model, fields_of

_EVERYWHERE = (
    "id:int display_name:char~ create_uid:m2o(res.users) create_date:datetime"
    " write_uid:m2o(res.users) write_date:datetime"
)
# Model, title and order, then its fields: what configuration, leads and their rules touch.
_MODELS = """\
crm.stage | CRM Stages | sequence, name, id
  name:char* sequence:int=1 is_won:bool rotting_threshold_days:int=0 requirements:text
  team_ids:m2m(crm.team)>restrict fold:bool team_count:int~ color:int
crm.team | Sales Team | sequence, create_date desc, id desc
  name:char* sequence:int=10 active:bool=1 company_id:m2o(res.company) user_id:m2o(res.users)
  is_membership_multi:bool~ member_ids:m2m(res.users)~
  crm_team_member_ids:o2m(crm.team.member,crm_team_id)
  crm_team_member_all_ids:o2m(crm.team.member,crm_team_id) color:int=1 use_leads:bool
  use_opportunities:bool=1 assignment_enabled:bool~ assignment_optout:bool assignment_max:int~
  assignment_domain:char
crm.team.member | Sales Team Member | create_date, id
  crm_team_id:m2o(crm.team)*>cascade user_id:m2o(res.users)*>cascade active:bool=1
  is_membership_multi:bool~ name:char~ email:char~ company_id:m2o(res.company)~
  assignment_domain:char assignment_domain_preferred:char assignment_optout:bool
  assignment_max:int=30 lead_month_count:int~
crm.lead | Lead | priority desc, id desc
  name:char* user_id:m2o(res.users) team_id:m2o(crm.team) company_id:m2o(res.company)
  referred:char description:html active:bool=1 type:selection(lead|opportunity)*=opportunity
  priority:selection(0|1|2|3)=0 stage_id:m2o(crm.stage)>restrict tag_ids:m2m(crm.tag)
  color:int=0 expected_revenue:monetary=0 recurring_revenue:monetary=0 date_closed:datetime
  date_open:datetime date_automation_last:datetime date_last_stage_update:datetime
  date_conversion:datetime date_deadline:date partner_id:m2o(res.partner) contact_name:char
  partner_name:char function:char email_from:char phone:char website:char street:char
  street2:char zip:char city:char state_id:m2o(res.country.state) country_id:m2o(res.country)
  probability:float automated_probability:float source_id:m2o(utm.source)
  medium_id:m2o(utm.medium) won_status:selection(won|lost|pending)=pending
  lost_reason_id:m2o(crm.lost.reason)>restrict email_cc:char
  activity_ids:o2m(mail.activity,res_id)
crm.lost.reason | Opp. Lost Reason | id
  name:char* active:bool=1 leads_count:int~
crm.tag | CRM Tag | id
  name:char* color:int=4
res.users | User | name, login
  name:char~ login:char* active:bool=1 share:bool partner_id:m2o(res.partner)*>restrict
  company_id:m2o(res.company)* company_ids:m2m(res.company) group_ids:m2m(res.groups)
  email:char~ tz:char~ lang:char~ all_group_ids:m2m(res.groups)~
  crm_team_member_ids:o2m(crm.team.member,user_id)
res.groups | Access Groups | id
  name:char* implied_ids:m2m(res.groups)
res.company | Companies | id
  name:char* active:bool=1 currency_id:m2o(res.currency)* partner_id:m2o(res.partner)
res.currency | Currency | id
  name:char* symbol:char* active:bool=1 decimal_places:int=2
res.country | Country | name, id
  name:char* code:char* currency_id:m2o(res.currency) country_group_ids:m2m(res.country.group)
res.country.group | Country Group | id
  name:char* code:char country_ids:m2m(res.country)
res.country.state | Country state | id
  name:char* code:char* country_id:m2o(res.country)*
res.partner | Contact | name, id
  name:char active:bool=1 email:char phone:char country_id:m2o(res.country) is_company:bool
  tz:char lang:char=en_US
utm.source | UTM Source | id
  name:char*
utm.medium | UTM Medium | id
  name:char* active:bool=1
resource.calendar | Resource Working Time | id
  name:char* active:bool=1 company_id:m2o(res.company)=1
  attendance_ids:o2m(resource.calendar.attendance,calendar_id)
  leave_ids:o2m(resource.calendar.leaves,calendar_id)
  global_leave_ids:o2m(resource.calendar.leaves,calendar_id) tz:selection*=UTC
  schedule_type:selection(fully_fixed|fully_flexible|flexible)*=fully_fixed
  two_weeks_calendar:bool full_time_required_hours:float=40
resource.calendar.attendance | Work Detail | sequence, week_type, dayofweek, hour_from
  name:char* dayofweek:selection(0|1|2|3|4|5|6)*=0 hour_from:float*=0 hour_to:float*=0
  calendar_id:m2o(resource.calendar)*>cascade
  day_period:selection(morning|lunch|afternoon|full_day)*=morning week_type:selection(0|1)
  display_type:selection(line_section) sequence:int=10
resource.calendar.leaves | Resource Time Off Detail | date_from
  name:char company_id:m2o(res.company)=1 calendar_id:m2o(resource.calendar)>null
  date_from:datetime* date_to:datetime* time_type:selection(leave|other)=leave
  resource_id:m2o(res.partner)
ir.model | Models | model
  name:char* model:char* state:selection(manual|base)=manual
  field_id:o2m(ir.model.fields,model_id)
ir.model.fields | Fields | name, id
  name:char* model:char* model_id:m2o(ir.model)*>cascade field_description:char* help:text
  ttype:selection(binary|boolean|char|date|datetime|float|html|integer|json|many2many|many2one|many2one_reference|monetary|one2many|properties|properties_definition|reference|selection|text)*
  state:selection(manual|base)=manual relation:char relation_field:char required:bool
  readonly:bool store:bool=1 copied:bool=1 index:bool on_delete:char selection:char~
  currency_field:char selection_ids:o2m(ir.model.fields.selection,field_id)
ir.model.fields.selection | Fields Selection | sequence, id
  field_id:m2o(ir.model.fields)*>cascade value:char* name:char* sequence:int=1000
ir.model.data | Model Data | module, model, name
  name:char* module:char* model:char* res_id:int noupdate:bool complete_name:char~
  reference:char~
ir.model.access | Model Access | model_id, group_id, name, id
  name:char* active:bool=1 model_id:m2o(ir.model)*>cascade group_id:m2o(res.groups)
  perm_read:bool perm_write:bool perm_create:bool perm_unlink:bool
ir.rule | Record Rule | model_id desc, id
  name:char active:bool=1 model_id:m2o(ir.model)*>cascade groups:m2m(res.groups)
  domain_force:text perm_read:bool=1 perm_write:bool=1 perm_create:bool=1 perm_unlink:bool=1
  global:bool~
ir.config_parameter | System Parameter | key
  key:char* value:text*
base.automation | Automation Rule | id
  name:char* description:html model_id:m2o(ir.model)*>cascade model_name:char~ active:bool=1
  action_server_ids:o2m(ir.actions.server,base_automation_id)
  trigger:selection(on_stage_set|on_user_set|on_tag_set|on_state_set|on_priority_set|on_archive|on_unarchive|on_create|on_create_or_write|on_write|on_unlink|on_change|on_time|on_time_created|on_time_updated|on_message_received|on_message_sent|on_webhook)*
  trg_field_ref:int trg_date_id:m2o(ir.model.fields) trg_date_range:int
  trg_date_range_mode:selection(after|before)
  trg_date_range_type:selection(minutes|hour|day|month)
  trg_date_calendar_id:m2o(resource.calendar) filter_pre_domain:char filter_domain:char
  last_run:datetime trigger_field_ids:m2m(ir.model.fields)
ir.actions.server | Server Action | sequence, name, id
  name:char* model_id:m2o(ir.model)*>cascade model_name:char~ sequence:int=5
  state:selection(object_write|object_create|object_copy|code|webhook|multi|mail_post|followers|remove_followers|next_activity|sms)*=code
  usage:selection(ir_actions_server|ir_cron|base_automation)*=ir_actions_server code:text
  base_automation_id:m2o(base.automation)>cascade activity_type_id:m2o(mail.activity.type)
  activity_summary:char activity_note:html activity_date_deadline_range:int
  activity_date_deadline_range_type:selection(days|weeks|months)
  activity_user_type:selection(specific|generic) activity_user_id:m2o(res.users)
  activity_user_field_name:char
ir.cron | Scheduled Actions | cron_name, id
  cron_name:char name:char~ active:bool=1 interval_number:int*=1 model_id:m2o(ir.model)*
  interval_type:selection(minutes|hours|days|weeks|months)*=months user_id:m2o(res.users)*=2
  nextcall:datetime* lastcall:datetime code:text state:selection(code)=code priority:int=5
mail.activity.type | Activity Type | sequence, id
  name:char* summary:char sequence:int=10 active:bool=1 delay_count:int=0
  delay_unit:selection(days|weeks|months)*=days
  category:selection(default|upload_file|phonecall|meeting)=default
  delay_from:selection(current_date|previous_activity)*=previous_activity icon:char
  res_model:char
mail.activity | Activity | date_deadline, id
  res_model_id:m2o(ir.model)>cascade res_model:char res_id:int res_name:char
  activity_type_id:m2o(mail.activity.type)>restrict summary:char note:html date_deadline:date*
  user_id:m2o(res.users) automated:bool active:bool=1
"""
_NAMED_BY = {
    "res.users": "login", "crm.team.member": "user_id", "ir.model.fields": "field_description",
    "ir.config_parameter": "key", "ir.cron": "cron_name", "mail.activity": "summary",
}  # fmt: skip
_MISSING = frozenset(
    {"crm.team", "crm.team.member", "crm.lead", "base.automation", "res.partner", "res.users"}
)


def standard_models() -> Mapping[str, Model]:
    """Every model that a fresh account has."""
    known = labels()
    found: dict[str, Model] = {}
    for part in re.split(r"\n(?=\S)", _MODELS.strip()):
        head, _, written = part.partition("\n")
        name, title, order = head.split(" | ")
        named = {**EVERYWHERE, **known.get(name, {})}
        found[name] = _model(name, title, order, written, named)
    return found


def _model(name: str, title: str, order: str, written: str, named: Mapping[str, str]) -> Model:
    found: dict[str, Field] = {
        **fields_of(_EVERYWHERE, named),
        **fields_of(written, named),
    }
    return Model(name, title, order, found, _NAMED_BY.get(name, "name"), name in _MISSING)
