"""What can be wrong with an SlaPolicy, one class for each code."""
