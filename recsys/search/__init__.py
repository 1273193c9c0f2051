"""The search pipeline: understand -> filter (relax) -> retrieve -> rank -> diversify -> explain."""
