"""The codes of Calendars."""
