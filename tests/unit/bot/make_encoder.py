"""Writes the encoder of the tests: an embedding table, so that vectors can be reckoned by hand.

    python tests/unit/bot/make_encoder.py      (needs `onnx`, in requirements/train.in)

The vector of word piece i is (i, 1).
"""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

FOLDER = Path(__file__).parent / "encoder"
PIECES = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "手", "机", "好", "iphone", "##15"]


def tokenizer() -> Tokenizer:
    words = {piece: index for index, piece in enumerate(PIECES)}
    made = Tokenizer(models.WordPiece(words, unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer()
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    return made


def graph() -> onnx.ModelProto:
    table = np.array([[i, 1] for i in range(len(PIECES))], dtype=np.float32)
    ids = helper.make_tensor_value_info("input_ids", TensorProto.INT64, [None, None])
    mask = helper.make_tensor_value_info("attention_mask", TensorProto.INT64, [None, None])
    out = helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, [None, None, 2])
    node = helper.make_node("Gather", ["table", "input_ids"], ["last_hidden_state"])
    weights = [numpy_helper.from_array(table, "table")]
    made = helper.make_graph([node], "table", [ids, mask], [out], weights)
    return helper.make_model(made, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)


if __name__ == "__main__":
    (FOLDER / "onnx").mkdir(parents=True, exist_ok=True)
    tokenizer().save(str(FOLDER / "tokenizer.json"))
    onnx.save(graph(), str(FOLDER / "onnx" / "model.int8.onnx"))
