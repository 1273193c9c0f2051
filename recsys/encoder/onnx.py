"""Bi-encoder and cross-encoder on ONNX Runtime, one compute thread each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from recsys.encoder.config import BadEncoder, EncoderConfig
from recsys.text.normalise import normalise

MODEL_FILES = ("onnx/model.int8.onnx", "onnx/model.onnx")


def _session(folder: Path, threads: int) -> ort.InferenceSession:
    for name in MODEL_FILES:
        if (folder / name).exists():
            options = ort.SessionOptions()
            options.intra_op_num_threads = threads
            options.inter_op_num_threads = 1
            options.log_severity_level = 3
            return ort.InferenceSession(
                str(folder / name), options, providers=["CPUExecutionProvider"]
            )
    raise BadEncoder(
        f"{folder}: no ONNX model ({' or '.join(MODEL_FILES)}); run `daogou export {folder}`"
    )


def _tokenizer(folder: Path, length: int) -> Tokenizer:
    path = folder / "tokenizer.json"
    if not path.exists():
        raise BadEncoder(f"{folder}: no tokenizer.json")
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.enable_truncation(length)
    tokenizer.enable_padding(pad_id=tokenizer.token_to_id("[PAD]") or 0)
    return tokenizer


def _feeds(
    session: ort.InferenceSession, encodings: Sequence[Encoding]
) -> dict[str, NDArray[np.int64]]:
    arrays = {
        "input_ids": np.array([e.ids for e in encodings], dtype=np.int64),
        "attention_mask": np.array([e.attention_mask for e in encodings], dtype=np.int64),
        "token_type_ids": np.array([e.type_ids for e in encodings], dtype=np.int64),
    }
    return {i.name: arrays[i.name] for i in session.get_inputs()}


class OnnxEncoder:
    """Unit vectors for queries and documents; shape (texts, dims), float32."""

    def __init__(self, folder: Path, threads: int = 1, batch: int = 32) -> None:
        self.config = EncoderConfig.load(folder)
        self._session = _session(folder, threads)
        self._query_tokenizer = _tokenizer(folder, self.config.query_length)
        self._document_tokenizer = _tokenizer(folder, self.config.document_length)
        self._batch = batch

    def queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._encode([self.config.query_prefix + t for t in texts], self._query_tokenizer)

    def documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._encode(
            [self.config.document_prefix + t for t in texts], self._document_tokenizer
        )

    @property
    def dims(self) -> int:
        return int(self.queries([""]).shape[1])

    def _encode(self, texts: Sequence[str], tokenizer: Tokenizer) -> NDArray[np.float32]:
        """Texts of like length share a batch, so that little is spent on padding."""
        if not texts:
            return np.empty((0, 0), np.float32)
        normal = [normalise(t) for t in texts]
        order = sorted(range(len(normal)), key=lambda i: len(normal[i]))
        vectors: list[NDArray[np.float32] | None] = [None] * len(normal)
        for start in range(0, len(order), self._batch):
            chosen = order[start : start + self._batch]
            encodings = tokenizer.encode_batch([normal[i] for i in chosen])
            for index, vector in zip(chosen, self._pooled(encodings), strict=True):
                vectors[index] = vector
        return np.stack([v for v in vectors if v is not None])

    def _pooled(self, encodings: Sequence[Encoding]) -> NDArray[np.float32]:
        feeds = _feeds(self._session, encodings)
        hidden: NDArray[np.float32] = self._session.run(None, feeds)[0]
        if self.config.pooling == "cls":
            pooled = hidden[:, 0]
        else:
            mask = np.array([e.attention_mask for e in encodings], dtype=np.float32)[:, :, None]
            pooled = (hidden * mask).sum(1) / np.maximum(mask.sum(1), 1.0)
        return np.asarray(
            pooled / np.maximum(np.linalg.norm(pooled, axis=1, keepdims=True), 1e-9), np.float32
        )


class OnnxCrossEncoder:
    """Relevance of documents to one query; logits, shape (documents,)."""

    def __init__(self, folder: Path, threads: int = 1, length: int = 64, batch: int = 16) -> None:
        self._session = _session(folder, threads)
        self._tokenizer = _tokenizer(folder, length)
        self._batch = batch

    def scores(self, query: str, documents: Sequence[str]) -> NDArray[np.float32]:
        query = normalise(query)
        texts = [normalise(d) for d in documents]
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        out = np.zeros(len(texts), np.float32)
        for start in range(0, len(order), self._batch):
            chosen = order[start : start + self._batch]
            encodings = self._tokenizer.encode_batch([(query, texts[i]) for i in chosen])
            logits = self._session.run(None, _feeds(self._session, encodings))[0]
            out[chosen] = logits.reshape(len(chosen), -1)[:, -1]
        return out
