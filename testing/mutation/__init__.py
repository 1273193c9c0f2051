"""Breaks the bot on purpose: tests that stay green then are not worth running."""
