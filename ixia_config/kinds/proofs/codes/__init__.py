"""The codes of what is proved about rules."""
