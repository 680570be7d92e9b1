"""ChangePolicy: who must approve a change of the configuration, and when none is applied."""
