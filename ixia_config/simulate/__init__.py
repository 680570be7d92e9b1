"""What policies decide about many records, before and after a change."""
