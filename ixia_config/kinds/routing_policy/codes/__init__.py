"""The codes of RoutingPolicies, IX405 to IX426."""
