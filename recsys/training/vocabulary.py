"""The WordPiece vocabulary: one token a Chinese character, pieces for Latin letters and digits."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, trainers
from transformers import BertTokenizerFast

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]


def train_tokenizer(rows: Iterable[str], size: int) -> BertTokenizerFast:
    """Learn a vocabulary of at most `size` entries from normalised rows."""
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True, strip_accents=False)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    trainer = trainers.WordPieceTrainer(
        vocab_size=size, min_frequency=2, special_tokens=SPECIAL, limit_alphabet=size * 3 // 4
    )
    tokenizer.train_from_iterator(rows, trainer)
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    return BertTokenizerFast(tokenizer_object=tokenizer, strip_accents=False, model_max_length=256)


def load_tokenizer(folder: Path) -> BertTokenizerFast:
    return BertTokenizerFast.from_pretrained(str(folder))
