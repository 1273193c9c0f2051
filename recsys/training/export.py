"""From a Hugging Face BERT folder (or hub name) to what serving needs: fp16 weights, ONNX int8, tokenizer, config.

daogou export runs/bi/model --out data/models/encoder
python -m recsys.training.export google-bert/bert-base-chinese --out var/encoder --pooling cls
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from transformers import AutoConfig, AutoModel, AutoModelForSequenceClassification, AutoTokenizer

from recsys.encoder.config import CONFIG_FILE, EncoderConfig

INPUTS = ("input_ids", "attention_mask", "token_type_ids")


class _Graph(torch.nn.Module):
    """The model with positional inputs and one output, as ONNX wants it."""

    def __init__(self, model: torch.nn.Module, output: str) -> None:
        super().__init__()
        self.model, self.output = model, output

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> torch.Tensor:
        answer = self.model(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        )
        result: torch.Tensor = answer[self.output]
        return result


def export(source: str, out: Path, config: EncoderConfig | None = None, int8: bool = True) -> Path:
    """Write a serving folder. A sequence-classification checkpoint becomes a ranker, any other BERT an encoder."""
    architecture = (AutoConfig.from_pretrained(source).architectures or [""])[0]
    is_ranker = "SequenceClassification" in architecture
    loader = AutoModelForSequenceClassification if is_ranker else AutoModel
    model = loader.from_pretrained(source, attn_implementation="eager").eval()
    tokenizer = AutoTokenizer.from_pretrained(source)
    out.mkdir(parents=True, exist_ok=True)
    _to_onnx(_Graph(model, "logits" if is_ranker else "last_hidden_state"), out / "onnx", int8)
    tokenizer.save_pretrained(str(out))
    model.to(torch.float16).save_pretrained(str(out))
    if not is_ranker:
        (config or EncoderConfig.load(Path(source) if Path(source).exists() else out)).save(out)
    return out


def _to_onnx(graph: torch.nn.Module, folder: Path, int8: bool) -> None:
    folder.mkdir(exist_ok=True)
    plain = folder / "model.onnx"
    example = tuple(torch.ones(2, 8, dtype=torch.long) for _ in INPUTS)
    axes = {name: {0: "batch", 1: "tokens"} for name in INPUTS} | {
        "output": {0: "batch", 1: "tokens"}
    }
    torch.onnx.export(
        graph, example, str(plain), input_names=list(INPUTS), output_names=["output"], dynamic_axes=axes,
        opset_version=17, dynamo=False,
    )  # fmt: skip
    if int8:
        quantize_dynamic(plain, folder / "model.int8.onnx", weight_type=QuantType.QInt8)
        plain.unlink()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", help="folder or hub name of a BERT checkpoint")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--pooling", choices=("mean", "cls"))
    parser.add_argument("--query-prefix", default="")
    parser.add_argument("--fp32", action="store_true", help="keep the ONNX graph in fp32")
    args = parser.parse_args()
    config = None
    if args.pooling:
        config = EncoderConfig(pooling=args.pooling, query_prefix=args.query_prefix)
    elif not (Path(args.source) / CONFIG_FILE).exists():
        config = EncoderConfig(query_prefix=args.query_prefix)
    print(export(args.source, args.out, config, int8=not args.fp32))


if __name__ == "__main__":
    main()
