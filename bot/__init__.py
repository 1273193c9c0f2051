"""UNDERSTANDS: the Rasa graph components named in config.yml. Python 3.10."""
