"""``python -m ixia_config.cli``."""

from ixia_config.cli import main

main()
