"""What must be true of an answer."""
