"""Composition root of the recommender: `python -m daogou.recommender`."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

from aiohttp import web

from daogou.indexing import encoder_id
from daogou.settings import BadSetting, Settings
from recsys.encoder.config import BadEncoder
from recsys.encoder.onnx import OnnxCrossEncoder, OnnxEncoder
from recsys.faq.model import BadFaqModel, FaqModel
from recsys.index import store
from recsys.search.engine import SearchEngine
from recsys.search.explain import Explainer
from recsys.search.rank import BadWeights, RankWeights
from recsys.service.app import build_service

WORTH_A_CROSS_ENCODER = 0.05
REASONS = Path(__file__).parents[1] / "data" / "responses" / "reasons.json"


def build_engine(settings: Settings) -> SearchEngine:
    """The engine on the current index; raises NoIndex or BadEncoder."""
    ranker_folder = settings.models / "ranker"
    encoder = OnnxEncoder(settings.encoder)
    weights = RankWeights.load(ranker_folder / "weights.json")
    # It takes most of a search; where its learned weight is next to nothing nobody sees the difference.
    pays = weights.of("cross") >= WORTH_A_CROSS_ENCODER and (ranker_folder / "onnx").is_dir()
    ranker = OnnxCrossEncoder(ranker_folder) if pays else None
    index = store.load(settings.index_folder, encoder_id(settings.encoder))
    return SearchEngine(index, encoder, ranker, weights, Explainer.load(REASONS))


def build_app(settings: Settings) -> web.Application:
    engine = build_engine(settings)
    built_by = encoder_id(settings.encoder)

    def reload() -> bool:
        """Swap in a newer version; a version of another encoder needs a restart and raises NoIndex."""
        if store.manifest_of(settings.index_folder)["version"] == engine.index.version:
            return False
        engine.index = store.load(settings.index_folder, built_by)
        return True

    return build_service(engine, reload, FaqModel.load(settings.models))


def main() -> int:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    try:
        settings = Settings.from_env(os.environ)
        app = build_app(settings)
    except (BadSetting, BadEncoder, BadWeights, BadFaqModel, store.NoIndex, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    web.run_app(app, host="127.0.0.1", port=settings.recsys_port, access_log=None, print=None)
    return 0


if __name__ == "__main__":
    sys.exit(main())
