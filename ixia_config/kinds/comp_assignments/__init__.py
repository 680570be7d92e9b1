"""CompAssignments: who is on which compensation plan, and when."""
