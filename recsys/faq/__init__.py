"""Answers to questions about the shop's terms: which entry of the FAQ a sentence asks for, and how sure that is."""
