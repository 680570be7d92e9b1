"""Project: where a configuration goes and how carefully (``ixia.yaml``)."""
