"""The demo shop's files: a catalogue, and invented people who buy from it."""
