"""The codes of RecordSchemas."""
