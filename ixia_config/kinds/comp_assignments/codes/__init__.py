"""What can be wrong with CompAssignments, one class for each code."""
