"""Codes IX430 to IX459: what can be wrong with an ApprovalPolicy."""
