"""What is left when a process dies: a model of write orders, and the real thing, killed."""
