"""The training data is sound, and a model trained on it understands sentences it never saw."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from check_data import Example, load, plain, problems
from compare import micro_f1
from rasa.core.agent import Agent
from rasa.model_training import train_nlu

ROOT = Path(__file__).parents[2]
TRAINING, HELD_OUT = load(ROOT)
ACCURACY = 0.90
NOUNS = ("钢琴凳", "马桶刷", "双轴数字舵机", "竹蛉桶", "粘豆包", "红木茶台", "折叠梯子")


@pytest.fixture(scope="module")
def agent(tmp_path_factory: pytest.TempPathFactory) -> Agent:
    folder = str(tmp_path_factory.mktemp("model"))
    model = train_nlu(str(ROOT / "config.yml"), str(ROOT / "data/nlu"), folder)
    return Agent.load(model)


def intent(agent: Agent, text: str) -> str:
    return str(asyncio.run(agent.parse_message(text))["intent"]["name"])


def test_the_data_is_sound() -> None:
    assert problems(TRAINING, HELD_OUT) == []


def test_the_check_finds_repeats_conflicts_and_gaps() -> None:
    examples = [
        Example("greet", "你好！", "a.yml"),
        Example("greet", "你 好", "a.yml"),
        Example("thanks", "ｈｉ", "a.yml"),
        Example("greet", "[HI](brand)", "b.yml"),
    ]
    found = problems(examples, [])
    assert any("'你 好' (greet) repeats '你好！'" in line for line in found)
    assert any("(greet) repeats 'ｈｉ' (thanks)" in line for line in found)
    assert any(line.startswith("thanks: 1 training") for line in found)
    assert any(line.startswith("thanks: 0 held-out") for line in found)


def test_micro_f1_by_hand() -> None:
    # 8 of 10 brands found among 16 claims, 5 of 10 colours among 5: 13 hits, 21 claims, 20 wanted
    report = {
        "brand": {"precision": 0.5, "recall": 0.8, "support": 10},
        "colour": {"precision": 1.0, "recall": 0.5, "support": 10},
        "query": {"precision": 0.0, "recall": 0.0, "support": 0},
    }
    assert micro_f1(report, ("brand", "colour", "price")) == pytest.approx(2 * 13 / 41)


@pytest.mark.timeout(300)
def test_held_out_sentences(agent: Agent) -> None:
    wrong = [
        (plain(e.text), e.intent) for e in HELD_OUT if intent(agent, plain(e.text)) != e.intent
    ]
    assert 1 - len(wrong) / len(HELD_OUT) >= ACCURACY, wrong


@pytest.mark.parametrize("noun", NOUNS)
def test_a_product_word_never_seen_is_a_search(agent: Agent, noun: str) -> None:
    assert intent(agent, noun) == "search_product"
