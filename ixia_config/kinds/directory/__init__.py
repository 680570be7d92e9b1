"""Directory: people, teams, pools and queues, resolved in each target by e-mail."""
