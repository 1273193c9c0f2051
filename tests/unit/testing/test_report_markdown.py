from __future__ import annotations

from testing.coverage.report import CoverageReport, Kind
from testing.report.markdown import pull_request_comment
from testing.report.nlu import NluRow, NluSection
from testing.running.results import DialogueResult, RunResult, TurnResult


def turn(said: str, *failures: str, line: int = 7, time: float = 0.2) -> TurnResult:
    return TurnResult(line, said, ({"text": "为您挑了 2 款："},), time, failures)


def dialogue(*turns: TurnResult, title: str = "预算", error: str | None = None) -> DialogueResult:
    return DialogueResult("a.yml", 5, title, (), 1.5, turns, error)


def test_a_failure_says_where_what_was_said_what_came_and_what_is_wrong() -> None:
    run = RunResult((dialogue(turn("手机"), turn("三千以内", "第 1 张卡片要 3299 元", line=8)),), 2)
    comment = pull_request_comment(run)
    assert comment.startswith(
        "### 对话测试：❌ 1 段没有通过\n\n共 1 段对话，通过 0 段，用时 2.0 秒。\n"
    )
    assert (
        "例如 **预算**（`a.yml:8`）：\n\n- 顾客「手机」，导购「为您挑了 2 款：」\n"
        "- 顾客「三千以内」，导购「为您挑了 2 款：」\n  - ❌ 第 1 张卡片要 3299 元\n" in comment
    )


def test_all_passed_is_short() -> None:
    comment = pull_request_comment(RunResult((dialogue(turn("手机")),), 2))
    assert "✅ 全部通过" in comment
    assert "没有通过的对话" not in comment


def test_what_broke_off_says_why() -> None:
    run = RunResult((dialogue(error="10 秒没有答复"),), 2)
    assert "例如 **预算**（`a.yml:5`）：\n\n- 没能走完：10 秒没有答复" in pull_request_comment(run)


def test_many_failures_are_cut_short_and_counted() -> None:
    run = RunResult(tuple(dialogue(turn("a", "no"), title=f"d{n}") for n in range(23)), 2)
    comment = pull_request_comment(run)
    assert "d20（`a.yml:7`）" in comment and "d21（" not in comment.split("####")[1]
    assert "**d20**" not in comment
    assert "另有 2 段，见完整报告" in comment


def test_the_three_slowest_sentences_are_named() -> None:
    times = (0.1, 0.9, 0.5, 0.3)
    run = RunResult((dialogue(*(turn(f"s{time}", time=time) for time in times)),), 2)
    lines = [line for line in pull_request_comment(run).splitlines() if line.startswith("- 「")]
    assert [line.split("」")[0] for line in lines] == ["- 「s0.9", "- 「s0.5", "- 「s0.3"]


def test_coverage_names_kinds_below_the_minimum_only() -> None:
    missing = tuple(f"m{n}" for n in range(10))
    coverage = CoverageReport((Kind("rules", 10, 20, missing), Kind("intents", 99, 100, ("x",))))
    comment = pull_request_comment(RunResult((), 0), coverage)
    assert "#### 覆盖率 91%" in comment
    assert "- 规则 10/20，低于 95%；还没有对话走到：`m0`、" in comment
    assert "`m7` 等 10 项" in comment
    assert "意图" not in comment
    assert "意图 99/100" in pull_request_comment(RunResult((), 0), coverage, minimum=1.0)


def test_nlu_names_the_gates_that_were_missed() -> None:
    rows = (NluRow("准确率", "0.96", "≥ 0.95", True), NluRow("F1", "0.91", "≥ 0.95", False))
    comment = pull_request_comment(RunResult((), 0), nlu=NluSection("语言理解", rows))
    assert "- F1 0.91，要求 ≥ 0.95" in comment
    assert "准确率" not in comment


def test_nothing_that_was_typed_becomes_markup() -> None:
    said = "<b>*hi*</b> [x](http://y)\n# @team"
    run = RunResult((dialogue(turn(said, "no")),), 2)
    comment = pull_request_comment(run)
    assert r"顾客「\<b\>\*hi\*\</b\> [x\](http://y) #" in comment
    assert "@team" not in comment


def test_the_whole_report_is_one_click_away() -> None:
    comment = pull_request_comment(RunResult((), 0), report_url="https://ci/report.html")
    assert comment.endswith("[打开完整报告](https://ci/report.html)\n")
