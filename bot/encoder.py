"""Sentence vectors of an exported BERT, computed by ONNX Runtime."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from recsys.text.normalise import normalise

_OUTPUTS = ("last_hidden_state", "token_embeddings")


class EncoderMissing(Exception):
    """The model folder lacks the ONNX graph or the tokenizer."""


class Encoder:
    """`tokenizer.json` and an ONNX graph in one folder; one thread, because cores are few."""

    def __init__(self, folder: Path, graph: str = "onnx/model.int8.onnx", length: int = 64) -> None:
        missing = [p for p in (folder / graph, folder / "tokenizer.json") if not p.is_file()]
        if missing:
            raise EncoderMissing(f"no encoder: {missing[0]} does not exist")
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(length)
        self._tokenizer.no_padding()
        self._session = _open(folder / graph)
        self._inputs = {node.name for node in self._session.get_inputs()}
        outputs = [node.name for node in self._session.get_outputs()]
        self._output = next((name for name in _OUTPUTS if name in outputs), outputs[0])

    def sentence(self, text: str) -> np.ndarray:
        """The mean over all word pieces of one text, cut to the configured length; its length is one."""
        # One text a run: int8 graphs scale activations per batch, and a sentence's vector must
        # not depend on its neighbours.
        encoding = self._tokenizer.encode(normalise(text))
        feed = {
            "input_ids": encoding.ids,
            "attention_mask": encoding.attention_mask,
            "token_type_ids": encoding.type_ids,
        }
        arrays = {k: np.asarray([v], dtype=np.int64) for k, v in feed.items() if k in self._inputs}
        vectors = self._session.run([self._output], arrays)[0][0]
        return _unit(vectors.astype(np.float32).mean(axis=0))


def _open(graph: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])


def _unit(vector: np.ndarray) -> np.ndarray:
    length = float(np.linalg.norm(vector))
    return vector / length if length else vector
