"""Turns a chat into a conversation test."""
