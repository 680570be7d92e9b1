"""Pipeline: the stages of a record, what must hold to leave each, and how records may move."""
