"""Making environments: a Python that works, locks that are kept, reasons that help."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from daogou import bootstrap

HERE = sys.version_info[:2]
LOCKS = ("run", "dev", "rasa", "rasa-dev", "train")


def script(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    (tmp_path / "requirements").mkdir()
    for lock in LOCKS:
        (tmp_path / "requirements" / f"{lock}.txt").write_text(f"{lock}==1\n")
    return tmp_path


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without any Python: what a test puts into the folder is all there is."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    monkeypatch.setattr(bootstrap.sys, "executable", str(folder / "nothing"))
    return folder


def stamp(root: Path, folder: str, lock: str) -> None:
    (root / folder).mkdir(exist_ok=True)
    content = f'{{"lock": "{lock}", "sha256": "{bootstrap.digest(lock)}"}}'
    (root / folder / bootstrap.STAMP).write_text(content)


def test_a_shim_that_fails_is_passed_over(bare: Path, tmp_path: Path) -> None:
    script(bare / "python3.10", "echo 'command not found' >&2; exit 127")
    good = script(tmp_path / "pyenv/versions/3.10.13/bin/python", "echo 3 10")
    assert bootstrap.find_python([(3, 10)], "NO_SUCH_VARIABLE") == str(good)


def test_the_first_version_wins_wherever_it_lies(bare: Path, tmp_path: Path) -> None:
    script(bare / "python3.12", "echo 3 12")
    good = script(tmp_path / "pyenv/versions/3.11.7/bin/python", "echo 3 11")
    assert bootstrap.find_python([(3, 11), (3, 12)], "NO_SUCH_VARIABLE") == str(good)


def test_uv_installs_what_is_missing(bare: Path, tmp_path: Path) -> None:
    installed = tmp_path / "uv-python"
    script(
        bare / "uv",
        f'case "$2" in install) printf "#!/bin/sh\\necho 3 10\\n" > {installed};'
        f" /bin/chmod +x {installed};; find) test -x {installed} && echo {installed};; esac",
    )
    assert bootstrap.find_python([(3, 10)], "NO_SUCH_VARIABLE") == str(installed)


def test_without_a_python_one_line_says_what_to_install(bare: Path) -> None:
    with pytest.raises(bootstrap.SetupFailed, match=r"Python 3\.10 with venv is missing.*OURS"):
        bootstrap.find_python([(3, 10)], "OURS")


def test_a_python_named_in_the_environment_must_work(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OURS", "/no/such/python")
    script(bare / "python3", "echo 3 10")
    with pytest.raises(bootstrap.SetupFailed, match="OURS=/no/such/python"):
        bootstrap.find_python([(3, 10)], "OURS")


def test_the_version_of_a_real_interpreter() -> None:
    assert bootstrap.version_of(sys.executable) == HERE


def test_nothing_is_made_again_until_its_lock_changes(root: Path) -> None:
    assert not bootstrap.is_current("run")
    stamp(root, ".venv", "run")
    assert bootstrap.is_current("run")
    assert not bootstrap.is_current("dev")
    bootstrap.lock_file("run").write_text("run==2\n")
    assert not bootstrap.is_current("run")


def test_an_environment_for_tests_runs_the_shop_too(root: Path) -> None:
    stamp(root, ".venv", "dev")
    assert bootstrap.is_current("run")


def test_a_broken_stamp_counts_for_nothing(root: Path) -> None:
    stamp(root, ".venv", "run")
    (root / ".venv" / bootstrap.STAMP).write_text("{")
    assert not bootstrap.is_current("run")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("OSError: [Errno 28] No space left on device: 'x'", "the disk is full"),
        ("ERROR: No matching distribution found for a==1", "No matching distribution"),
        ("", "the installation failed"),
    ],
)
def test_a_failed_step_says_why_in_one_line(root: Path, said: str, why: str) -> None:
    code = f"import sys; print({said!r}); sys.exit(1)"
    with pytest.raises(bootstrap.SetupFailed, match=why) as failure:
        bootstrap._run([sys.executable, "-c", code], "run", ".venv")
    assert "\n" not in str(failure.value)
    assert "var/log/setup-run.log" in str(failure.value)


def test_it_needs_nothing_but_the_standard_library() -> None:
    command = [sys.executable, "-I", "-S", bootstrap.__file__]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr.startswith("usage:")


@pytest.mark.parametrize("lock", LOCKS)
def test_locks_pin_all_that_is_asked_for(lock: str) -> None:
    pinned = bootstrap.lock_file(lock).read_text().splitlines()
    assert all(re.match(r"[a-z0-9._-]+==[0-9][\w.]*( ; .+)?$", line, re.I) for line in pinned)
    names = {_normal(line.split("==")[0]) for line in pinned}
    assert {_normal(name) for name in _asked_for(lock)} <= names


def _asked_for(lock: str) -> list[str]:
    names: list[str] = []
    for line in (bootstrap.ROOT / "requirements" / f"{lock}.in").read_text().splitlines():
        if line.startswith("-r "):
            names += _asked_for(line[3:].removesuffix(".in"))
        elif line and not line.startswith("#"):
            names.append(re.split(r"[\[=<>]", line)[0])
    return names


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
