"""Tests of the edges on real HTTP, real files and real processes."""
