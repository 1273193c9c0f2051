"""Training of the encoder and the ranker. The only package that imports torch."""
