"""How much of the Rasa project the conversation tests exercise, and what nothing exercises."""
