"""Codes IX880 to IX887: metrics that cannot be worked out, or will be argued about."""
