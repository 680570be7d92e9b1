"""RecordSchema: the fields of a record type, which conditions name and targets hold."""
