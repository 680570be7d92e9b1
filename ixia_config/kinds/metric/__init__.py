"""Metric: a figure that is defined once, computed here and used in impact and reports."""
