"""Measures search systems side by side on judged queries."""
