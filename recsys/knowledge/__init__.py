"""What a shop assistant knows of goods in general: other names, kinds, what serves which purpose, what goes with what."""
