"""Connectors that ship with Ixia Config, one package per system."""
