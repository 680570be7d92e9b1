"""Codes of PolicyTest: one class for each way in which a case can be wrong."""
