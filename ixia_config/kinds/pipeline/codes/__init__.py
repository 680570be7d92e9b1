"""The codes of Pipelines."""
