"""All input and output: HTTP, files, state, journal, git, clock and installed connectors."""
