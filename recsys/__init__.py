"""FINDS: text and behaviour in, ranked product ids and reasons out."""
