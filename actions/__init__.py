"""DECIDES: custom actions, from slots and entities through one use case to events."""
