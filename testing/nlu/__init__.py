"""The language understanding: its data linted, its quality measured, compared and held to thresholds."""
