"""Drives dialogues against a running system."""
