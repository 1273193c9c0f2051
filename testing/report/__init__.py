"""Results as text, HTML and Markdown."""
