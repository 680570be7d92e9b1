"""What can be asked of policies: one module for each subject that a case expects something of."""
