"""PROVES: conversation tests in plain YAML, gates for the language understanding, and what they show."""
