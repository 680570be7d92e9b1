"""Two runners on two clones, one state in git, one account: they never write at the same time."""
