"""Simulation: what policies decide about many records."""
