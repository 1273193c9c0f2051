"""The thesaurus: what its files may hold, and which wordings serve what was said."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from recsys.knowledge.alike import Alike
from recsys.knowledge.entry import BadKnowledge, Entry, read_entries
from recsys.knowledge.thesaurus import NARROWER, SAME, WIDER, Thesaurus, goods_words

WORDS = Path("data/knowledge/words")
ENTRIES = (
    Entry("same", ("T恤".lower(), "汗衫")),
    Entry("is", ("上衣",), ("t恤", "衬衫")),
    Entry("need", ("失眠", "睡不着"), ("乳胶枕", "眼罩"), ("助眠",)),
    Entry("instead", ("豆浆机",), ("破壁机",)),
    Entry("alias", ("笔记本电脑", "游戏本")),
    Entry("goes", ("手机",), ("手机壳",)),
)


def weights(word: str) -> dict[str, float]:
    return {way.phrase: way.weight for way in Thesaurus(ENTRIES).ways(word)}


def write(folder: Path, *lines: object) -> Path:
    text = "\n".join(x if isinstance(x, str) else json.dumps(x, ensure_ascii=False) for x in lines)
    (folder / "some.jsonl").write_text(text, "utf-8")
    return folder


def test_entries_are_read_in_normal_form(tmp_path: Path) -> None:
    folder = write(tmp_path, {"kind": "is", "word": "上衣", "of": ["T恤", "襯衫"]}, "")
    assert list(read_entries(folder)) == [Entry("is", ("上衣",), ("t恤", "衬衫"))]


@pytest.mark.parametrize(
    "line",
    [
        "{", '{"kind": "like", "words": ["a"]}', '{"kind": "same", "word": "a"}',
        '{"kind": "same", "words": "a", "of": []}', '{"kind": "same", "words": [1]}',
        '{"kind": "is", "word": "", "of": ["b"]}',
    ],
)  # fmt: skip
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    with pytest.raises(BadKnowledge, match=r"some\.jsonl:2: "):
        list(read_entries(write(tmp_path, {"kind": "same", "words": ["a", "b"]}, line)))


def test_the_shipped_files_are_sound() -> None:
    entries = list(read_entries(WORDS))
    assert len(entries) >= 2000
    firsts = Counter((entry.kind, entry.words[0]) for entry in entries)
    assert [first for first, count in firsts.items() if count > 1] == []
    for entry in entries:
        assert len(entry.words) > 1 or entry.kind not in ("same", "brand"), entry
        assert entry.goods or entry.features or entry.kind in ("same", "brand"), entry
        assert not set(entry.words) & set(entry.goods) or entry.kind in ("need", "who", "when"), (
            entry
        )


def test_the_word_itself_comes_first_and_is_surest() -> None:
    ways = Thesaurus(ENTRIES).ways("汗衫")
    assert (ways[0].phrase, ways[0].weight) == ("汗衫", 1.0)
    assert [way.weight for way in ways] == sorted((way.weight for way in ways), reverse=True)


def test_equals_narrower_and_wider_words_serve_less_and_less() -> None:
    assert weights("汗衫")["t恤"] == SAME
    assert weights("上衣")["t恤"] == NARROWER
    assert weights("上衣")["汗衫"] == pytest.approx(NARROWER * SAME)
    assert weights("衬衫")["上衣"] == WIDER


def test_a_purpose_leads_to_goods_the_best_first_and_to_features() -> None:
    found = Thesaurus(ENTRIES).ways("睡不着")
    weight = {way.phrase: way for way in found}
    assert weight["乳胶枕"].weight > weight["眼罩"].weight > 0
    assert weight["乳胶枕"].goods and not weight["助眠"].goods


def test_what_goes_with_a_thing_is_not_the_thing() -> None:
    assert "手机壳" not in weights("手机")


def test_refusing_a_shops_alias_does_not_refuse_the_whole_category() -> None:
    thesaurus = Thesaurus(ENTRIES)
    assert thesaurus.equals("汗衫") == ("汗衫", "t恤")
    assert thesaurus.equals("游戏本") == ("游戏本",)
    assert weights("游戏本")["笔记本电脑"] == SAME


def test_goods_are_what_entries_lead_to() -> None:
    words = goods_words(ENTRIES)
    assert {"t恤", "上衣", "乳胶枕", "手机壳"} <= words
    assert "助眠" not in words and "失眠" not in words


def test_a_text_may_say_a_phrase_in_other_words() -> None:
    alike = Alike(["盖掉写错的字", "给宝宝断奶"])
    assert [phrase for phrase, _ in alike.find("写错字了用什么盖掉")] == ["盖掉写错的字"]
    assert alike.find("今天天气怎么样") == []


def test_a_phrase_that_stands_in_the_text_is_not_said_in_other_words() -> None:
    assert Alike(["盖掉写错的字"]).find("我想盖掉写错的字") == []
