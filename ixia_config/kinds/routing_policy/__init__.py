"""RoutingPolicy: who gets a new record, whose turn it is, and what happens if nobody takes it."""
