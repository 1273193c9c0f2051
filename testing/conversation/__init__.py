"""Conversation tests as people write them: YAML in, dialogues out."""
