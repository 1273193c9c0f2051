"""BERT at serving time: ONNX Runtime and tokenizers, no torch."""
