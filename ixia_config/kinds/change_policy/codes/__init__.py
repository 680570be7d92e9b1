"""What can be wrong with a ChangePolicy, one class for each code."""
