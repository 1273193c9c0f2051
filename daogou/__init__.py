"""STARTS: command line, settings, composition roots, supervisor of the processes."""
