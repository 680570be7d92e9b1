"""The codes of Directories."""
