"""Makes the virtual environments from the lock files; a plain script for any Python from 3.8.

    python3 daogou/bootstrap.py run rasa        what `make run` needs
    python3 daogou/bootstrap.py dev rasa-dev    the same with tests and checks
    python3 daogou/bootstrap.py train           torch, for training and export

It imports nothing but the standard library, because nothing else is installed yet.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Iterator, NamedTuple, Optional, Sequence, Tuple

ROOT = Path(__file__).resolve().parents[1]
STAMP = ".daogou-lock.json"
Version = Tuple[int, int]


class SetupFailed(Exception):
    """An environment could not be made; one line says why and what to do."""


class Environment(NamedTuple):
    """One virtual environment; `locks` that hold everything it needs, the smallest first."""

    folder: str
    locks: Tuple[str, ...]
    pythons: Tuple[Version, ...]
    variable: str


# Wheels are the same as in our tests on the first version of each row.
_SERVING: Tuple[Version, ...] = ((3, 11), (3, 12), (3, 13))
ENVIRONMENTS = {
    "run": Environment(".venv", ("run", "dev"), _SERVING, "DAOGOU_PYTHON311"),
    "dev": Environment(".venv", ("dev",), _SERVING, "DAOGOU_PYTHON311"),
    "rasa": Environment(".venv-rasa", ("rasa", "rasa-dev"), ((3, 10),), "DAOGOU_PYTHON310"),
    "rasa-dev": Environment(".venv-rasa", ("rasa-dev",), ((3, 10),), "DAOGOU_PYTHON310"),
    "train": Environment(".venv-train", ("train",), _SERVING, "DAOGOU_PYTHON311"),
}

COMMAND = """#!/bin/sh
# The command line of the checkout that this environment belongs to.
PYTHONPATH="{root}" exec "{root}/.venv/bin/python" -P -m daogou "$@"
"""


def lock_file(lock: str) -> Path:
    return ROOT / "requirements" / (lock + ".txt")


def digest(lock: str) -> str:
    """SHA-256 of a lock file."""
    return hashlib.sha256(lock_file(lock).read_bytes()).hexdigest()


def python_of(name: str) -> Path:
    """The interpreter of an environment, made or not."""
    return ROOT / ENVIRONMENTS[name].folder / "bin" / "python"


def is_current(name: str) -> bool:
    """Whether the environment was installed from one of its present lock files."""
    environment = ENVIRONMENTS[name]
    try:
        stamp = json.loads((ROOT / environment.folder / STAMP).read_text("utf-8"))
        return stamp["lock"] in environment.locks and stamp["sha256"] == digest(stamp["lock"])
    except (OSError, ValueError, KeyError):
        return False


def version_of(python: str) -> Optional[Version]:
    """Runs the interpreter, because a version manager's shim may exist and yet fail."""
    code = "import sys, venv, ensurepip; print(*sys.version_info[:2])"
    try:
        done = subprocess.run(
            [python, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=30
        )
        major, minor = done.stdout.split() if done.returncode == 0 else ("", "")
        return int(major), int(minor)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None


def _uv(*arguments: str) -> str:
    """What uv prints; empty where there is no uv or it fails."""
    try:
        done = subprocess.run(
            ["uv", *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=600
        )
        return done.stdout.decode().strip() if done.returncode == 0 else ""
    except (OSError, subprocess.TimeoutExpired):
        return ""


def _candidates(version: Version) -> Iterator[str]:
    dotted = "{}.{}".format(*version)
    for name in ("python" + dotted, "python3"):
        if found := shutil.which(name):
            yield found
    yield sys.executable
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    for folder in sorted((pyenv / "versions").glob(dotted + ".*"), reverse=True):
        yield str(folder / "bin" / "python")
    if found := _uv("python", "find", dotted):
        yield found


def find_python(versions: Sequence[Version], variable: str) -> str:
    """A working interpreter of the first version at hand; raises SetupFailed."""
    wanted = " or ".join("{}.{}".format(*v) for v in versions)
    if chosen := os.environ.get(variable):
        if version_of(chosen) in versions:
            return chosen
        raise SetupFailed(f"{variable}={chosen} is not a working Python {wanted}")
    for version in versions:
        for candidate in _candidates(version):
            if version_of(candidate) == version:
                return candidate
    dotted = "{}.{}".format(*versions[0])
    _uv("python", "install", dotted)
    found = _uv("python", "find", dotted)
    if found and version_of(found) == versions[0]:
        return found
    raise SetupFailed(
        f"Python {wanted} with venv is missing: install it (`uv python install {dotted}` or "
        f"`pyenv install {dotted}`) or name it in {variable}"
    )


def make(name: str) -> None:
    """Create or update one environment; raises SetupFailed."""
    environment = ENVIRONMENTS[name]
    folder = ROOT / environment.folder
    (folder / STAMP).unlink(missing_ok=True)
    if version_of(str(python_of(name))) not in environment.pythons:
        python = find_python(environment.pythons, environment.variable)
        _run([python, "-m", "venv", "--clear", str(folder)], name, environment.folder)
    lock = environment.locks[0]
    arguments = ["-m", "pip", "install", "--disable-pip-version-check", "--progress-bar", "off"]
    _run([str(python_of(name)), *arguments, "-r", str(lock_file(lock))], name, environment.folder)
    if environment.folder == ".venv":
        _write_command(folder / "bin" / "daogou")
    stamp = {"lock": lock, "sha256": digest(lock)}
    (folder / STAMP).write_text(json.dumps(stamp) + "\n", "utf-8")


def _write_command(path: Path) -> None:
    path.write_text(COMMAND.format(root=ROOT), "utf-8")
    path.chmod(0o755)


def _run(command: Sequence[str], name: str, title: str) -> None:
    """Runs with its output in a log file and its progress on one line; raises SetupFailed."""
    log = ROOT / "var" / "log" / f"setup-{name}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, cwd=str(ROOT))
        while process.poll() is None:
            time.sleep(0.2)
            _show(f"{title}: {_step(log)} ({time.monotonic() - started:.0f} s)")
    _show("")
    if process.returncode:
        raise SetupFailed(_why(log))


def _step(log: Path) -> str:
    """The packages that pip has looked at, or that it is installing."""
    lines = log.read_text("utf-8", errors="replace").splitlines()
    if any(line.startswith("Installing collected") for line in lines):
        return "installing"
    seen = sum(line.startswith(("Collecting", "Requirement already")) for line in lines)
    return f"collecting packages, {seen}" if seen else "preparing"


def _show(text: str) -> None:
    if sys.stderr.isatty():
        print("\r\033[K" + text[: shutil.get_terminal_size().columns - 1], end="", file=sys.stderr)


def _why(log: Path) -> str:
    where = log.relative_to(ROOT)
    text = log.read_text("utf-8", errors="replace")
    if "No space left on device" in text:
        return f"the disk is full; free some space and try again (log: {where})"
    errors = [line for line in text.splitlines() if line.startswith(("ERROR", "Error", "error"))]
    return f"{errors[-1] if errors else 'the installation failed'} (log: {where})"


def main(names: Sequence[str]) -> int:
    unknown = [name for name in names if name not in ENVIRONMENTS]
    if unknown or not names:
        print(f"usage: bootstrap.py {{{','.join(ENVIRONMENTS)}}}...", file=sys.stderr)
        return 2
    for name in names:
        if is_current(name):
            continue
        started = time.monotonic()
        print(f"Making {ENVIRONMENTS[name].folder} from requirements/{name}.txt", flush=True)
        try:
            make(name)
        except (SetupFailed, OSError) as error:
            print(f"daogou: {error}", file=sys.stderr)
            return 1
        print(f"  done in {time.monotonic() - started:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
