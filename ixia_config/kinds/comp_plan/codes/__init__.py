"""What can be wrong with a CompPlan, one class for each code."""
