"""Connectors that only tests use; they join by the same entry point as everybody's."""
