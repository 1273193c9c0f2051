"""A model trained on the data understands sentences it never saw."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from rasa.core.agent import Agent
from rasa.model_training import train_nlu

from testing.nlu.data import held_out
from testing.nlu.gates import GATES, read_gates

ROOT = Path(__file__).parents[2]
HELD_OUT = held_out(ROOT)
NOUNS = ("钢琴凳", "马桶刷", "双轴数字舵机", "竹蛉桶", "粘豆包", "红木茶台", "折叠梯子")


@pytest.fixture(scope="module")
def agent(tmp_path_factory: pytest.TempPathFactory) -> Agent:
    folder = str(tmp_path_factory.mktemp("model"))
    model = train_nlu(str(ROOT / "config.yml"), str(ROOT / "data/nlu"), folder)
    return Agent.load(model)


def intent(agent: Agent, text: str) -> str:
    return str(asyncio.run(agent.parse_message(text))["intent"]["name"])


@pytest.mark.timeout(300)
def test_held_out_sentences(agent: Agent) -> None:
    wrong = [(e.plain, e.intent) for e in HELD_OUT if intent(agent, e.plain) != e.intent]
    assert 1 - len(wrong) / len(HELD_OUT) >= read_gates(ROOT / GATES).held_out_accuracy, wrong


def test_product_words_never_seen_are_searches(agent: Agent) -> None:
    """One may be uncertain: what is not understood is searched for as well, but as a guess."""
    read = [intent(agent, noun) for noun in NOUNS]
    assert set(read) <= {"search_product", "nlu_fallback"} and read.count("nlu_fallback") <= 1, read
