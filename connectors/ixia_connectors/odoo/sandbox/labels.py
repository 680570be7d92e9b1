"""What Odoo 19 calls its fields, where that is not the field's name in other letters."""

from __future__ import annotations

import re
from collections.abc import Mapping

_LABELS = """\
base.automation
  name=Automation Rule Name | action_server_ids=Actions | trg_field_ref=Trigger Reference |
  trg_date_id=Trigger Date | trg_date_range=Delay | trg_date_range_mode=Delay mode |
  trg_date_range_type=Delay unit | trg_date_calendar_id=Use Calendar |
  filter_pre_domain=Before Update Domain | filter_domain=Apply on |
  trigger_field_ids=Trigger Fields
crm.lead
  name=Opportunity | user_id=Salesperson | team_id=Sales Team | referred=Referred By |
  description=Notes | tag_ids=Tags | color=Color Index | recurring_revenue=Recurring Revenues |
  date_closed=Closed Date | date_open=Assignment Date | date_automation_last=Last Action |
  date_last_stage_update=Last Stage Update | date_conversion=Conversion Date |
  date_deadline=Expected Closing | partner_id=Contact | partner_name=Company Name |
  function=Job Position | email_from=Email | won_status=Won/Lost | email_cc=Email cc |
  activity_ids=Activities
crm.lost.reason
  name=Description
crm.stage
  name=Stage Name | is_won=Is Won Stage? | rotting_threshold_days=Days to rot |
  team_ids=Sales Teams | fold=Folded in Pipeline | team_count=team_count
crm.tag
  name=Tag Name
crm.team
  name=Sales Team | user_id=Team Leader | is_membership_multi=Multiple Memberships Allowed |
  member_ids=Salespersons | crm_team_member_ids=Sales Team Members |
  crm_team_member_all_ids=Sales Team Members (incl. inactive) | color=Color Index |
  use_leads=Leads | use_opportunities=Pipeline | assignment_enabled=Lead Assign |
  assignment_optout=Skip auto assignment | assignment_max=Lead Average Capacity
crm.team.member
  crm_team_id=Sales Team | user_id=Salesperson |
  is_membership_multi=Multiple Memberships Allowed |
  assignment_domain_preferred=Preference assignment Domain |
  assignment_optout=Pause assignment | assignment_max=Average Leads Capacity (on 30 days) |
  lead_month_count=Leads (30 days)
ir.actions.server
  name=Action Name | state=Type | code=Python Code | base_automation_id=Automation Rule |
  activity_summary=Title | activity_note=Note | activity_date_deadline_range=Due Date In |
  activity_date_deadline_range_type=Due type | activity_user_type=User Type |
  activity_user_id=Responsible | activity_user_field_name=User Field
ir.cron
  cron_name=Name | name=Action Name | interval_type=Interval Unit | user_id=Scheduler User |
  nextcall=Next Execution Date | lastcall=Last Execution Date | code=Python Code | state=Type
ir.model
  name=Model Description | state=Type | field_id=Fields
ir.model.access
  perm_read=Read Access | perm_write=Write Access | perm_create=Create Access |
  perm_unlink=Delete Access
ir.model.data
  name=External Identifier | model=Model Name | res_id=Record ID | noupdate=Non Updatable |
  complete_name=Complete ID
ir.model.fields
  name=Field Name | model=Model Name | field_description=Field Label | help=Field Help |
  ttype=Field Type | state=Type | relation=Related Model | store=Stored | index=Indexed |
  selection=Selection Options (Deprecated) | selection_ids=Selection Options
ir.rule
  domain_force=Domain | perm_read=Read | perm_write=Write | perm_create=Create |
  perm_unlink=Delete
mail.activity
  res_model_id=Document Model | res_model=Related Document Model | res_id=Related Document ID |
  date_deadline=Due Date | user_id=Assigned to | automated=Automated activity
mail.activity.type
  summary=Default Summary | delay_count=Schedule | delay_unit=Delay units | category=Action |
  delay_from=Delay Type | res_model=Model
res.company
  name=Company Name
res.country
  name=Country Name | code=Country Code | country_group_ids=Country Groups
res.country.group
  country_ids=Countries
res.country.state
  name=State Name | code=State Code
res.currency
  name=Currency
res.groups
  implied_ids=Implied Groups
res.partner
  is_company=Is a Company | tz=Timezone | lang=Language
res.users
  share=Share User | partner_id=Related Partner | company_ids=Companies | group_ids=Groups |
  tz=Timezone | lang=Language | all_group_ids=Groups and implied groups |
  crm_team_member_ids=Sales Team Members
resource.calendar
  attendance_ids=Working Time | leave_ids=Time Off | global_leave_ids=Global Time Off |
  tz=Timezone | two_weeks_calendar=Calendar in 2 weeks mode |
  full_time_required_hours=Full Time Equivalent
resource.calendar.attendance
  dayofweek=Day of Week | hour_from=Work from | hour_to=Work to |
  calendar_id=Resource's Calendar | week_type=Week Number
resource.calendar.leaves
  name=Reason | calendar_id=Working Hours | date_from=Start Date | date_to=End Date
utm.medium
  name=Medium Name
utm.source
  name=Source Name
"""
EVERYWHERE: Mapping[str, str] = {
    "id": "ID",
    "create_uid": "Created by",
    "create_date": "Created on",
    "write_uid": "Last Updated by",
    "write_date": "Last Updated on",
}


def labels() -> Mapping[str, Mapping[str, str]]:
    """Labels by model and field."""
    found: dict[str, dict[str, str]] = {}
    for part in re.split(r"\n(?=\S)", _LABELS.strip()):
        model, _, written = part.partition("\n")
        pairs = [word.strip().partition("=") for word in re.split(r"\|", written)]
        found[model] = {name: label for name, _, label in pairs if name}
    return found
