"""The command line: `daogou COMMAND`."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from daogou.bootstrap import ROOT
from daogou.console import Console
from daogou.errors import BadInput, CommandError
from daogou.settings import BadSetting, Settings

# Imports inside the commands: `daogou run` must not wait for what it does not use.


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    arguments, more = parser().parse_known_args(argv)
    if more and not getattr(arguments, "passes_on", False):
        print(
            f"daogou: unknown option {more[0]}; see `daogou {arguments.command} --help`",
            file=sys.stderr,
        )
        return 2
    arguments.more = [word for word in more if word != "--"]
    environ = dict(os.environ)
    if getattr(arguments, "file", None):
        # Settings are relative to the checkout, a file on the command line to where one stands.
        arguments.file = arguments.file.resolve()
    if getattr(arguments, "port", None):
        environ["DAOGOU_PORT"] = str(arguments.port)
    os.chdir(ROOT)
    try:
        settings = Settings.from_env(environ)
        command: Callable[[argparse.Namespace, Settings, Mapping[str, str]], int] = arguments.call
        return command(arguments, settings, environ)
    except BadSetting as error:
        return _fail(str(error), BadInput.status)
    except CommandError as error:
        return _fail(str(error), error.status)
    except OSError as error:
        return _fail(f"{error.strerror or error}: {error.filename or ''}".rstrip(": "), 1)
    except KeyboardInterrupt:
        return _fail("interrupted", 130)


def _fail(why: str, status: int) -> int:
    print(f"daogou: {why}", file=sys.stderr)
    return status


def parser() -> argparse.ArgumentParser:
    """Every command with its options."""
    top = argparse.ArgumentParser(
        prog="daogou", description="A shopping assistant for online shops."
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    run = _add(commands, "run", _run, "start the whole system and watch over it")
    run.add_argument("--port", type=int, help="public port (DAOGOU_PORT)")
    run.add_argument("--no-train", action="store_true", help="keep the dialogue model there is")

    train = _add(
        commands, "train", _train, "train the dialogue model, the encoder, the ranker or the FAQ"
    )
    train.add_argument("what", choices=("nlu", "encoder", "ranker", "weights", "faq"))
    train.add_argument("--stage", choices=("pretrain", "contrastive"), help="of the encoder")
    _passes_on(train)

    index = _add(commands, "index", _index, "bring the search index up to date")
    index.add_argument("--force", action="store_true", help="even if nothing changed")

    feed = _add(commands, "import", _import, "load a shop's product feed")
    feed.add_argument("file", type=Path, metavar="FILE", help="CSV, TSV, JSON Lines or XML")
    feed.add_argument("--mapping", required=True, help="a preset (shopify, google) or a file")
    feed.add_argument("--replace", action="store_true", help="remove products not in the feed")
    feed.add_argument("--dry-run", action="store_true", help="check only")

    _add(commands, "seed", _seed, "load the demo shop")
    measure = _add(
        commands,
        "evaluate",
        _evaluate,
        "measure the quality of search, of the FAQ, or on other shops",
    )
    measure.add_argument("what", nargs="?", choices=("search", "faq", "shops"), default="search")
    _passes_on(measure)
    bench = _add(
        commands, "bench", _bench, "measure speed and memory beside the usual alternatives"
    )
    bench.add_argument(
        "--stock", action="store_true", help="also train and run Rasa's stock pipeline (minutes)"
    )
    _passes_on(_add(commands, "export", _export, "turn a BERT checkpoint into a served model"))
    _tests(commands)
    _add(commands, "doctor", _doctor, "say what works and how to mend what does not")
    return top


def _tests(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    _add(commands, "lint-data", _lint_data, "find faults in the dialogue data")
    group = commands.add_parser("test", help="prove that the bot does what it should")
    kinds = group.add_subparsers(dest="kind", required=True, metavar="KIND")
    talk = _add(kinds, "conversations", _test_conversations, "run dialogues with the whole system")
    talk.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="files or folders")
    talk.add_argument("-k", dest="words", default="", help="only dialogues that hold these words")
    talk.add_argument("--live", metavar="URL", help="talk to a deployed bot instead")
    talk.add_argument("--update-report", action="store_true", help="write report/ in DAOGOU_VAR")
    nlu = _add(kinds, "nlu", _test_nlu, "cross-validate the understanding, hold it against gates")
    nlu.add_argument("--folds", type=int, default=5, help="0: held-out sentences only")
    _add_base(nlu)
    _add_base(_add(kinds, "report", _test_report, "put results together as a page and a comment"))
    mutate = _add(kinds, "mutation", _test_mutation, "break the bot and see that dialogues fail")
    mutate.add_argument("--rules", type=int, default=12, help="how many broken rules to try")
    mutate.add_argument("-k", dest="words", default="", help="only mutants that hold these words")
    keep = _add(commands, "record", _record, "keep a chat as a conversation test")
    keep.add_argument("file", type=Path, metavar="FILE", help="the YAML file to write")
    keep.add_argument("--url", help="the running bot to chat with (default: the one of this host)")
    keep.add_argument("--conversation", metavar="ID", help="a stored conversation instead")


def _add_base(command: argparse.ArgumentParser) -> None:
    command.add_argument("--base", type=Path, metavar="FOLDER", help="the base branch's report")


def _add(commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str,
         call: Callable[..., int], text: str) -> argparse.ArgumentParser:  # fmt: skip
    command = commands.add_parser(name, help=text, description=text)
    command.set_defaults(call=call)
    return command


def _passes_on(command: argparse.ArgumentParser) -> None:
    command.set_defaults(passes_on=True)
    command.epilog = "Further options go to the module; put them after -- to see its own --help."


def _run(arguments: argparse.Namespace, settings: Settings, environ: Mapping[str, str]) -> int:
    from daogou.run import run

    run(settings, environ, retrain=not arguments.no_train, console=Console())
    return 0


def _train(arguments: argparse.Namespace, settings: Settings, environ: Mapping[str, str]) -> int:
    from daogou import dialogue, models

    if arguments.what == "nlu":
        print(dialogue.train(settings, environ, Console()))
        return 0
    return models.train(arguments.what, arguments.stage, arguments.more, settings, environ)


def _export(arguments: argparse.Namespace, settings: Settings, environ: Mapping[str, str]) -> int:
    from daogou import models

    return models.export(arguments.more, environ)


def _evaluate(arguments: argparse.Namespace, settings: Settings, environ: Mapping[str, str]) -> int:
    if arguments.what == "shops":
        from daogou import shops

        return shops.run(arguments.more, settings)
    from daogou import models

    return models.evaluate(arguments.what, arguments.more, settings, environ)


def _index(arguments: argparse.Namespace, settings: Settings, environ: Mapping[str, str]) -> int:
    from daogou.preparation import index

    products, written = asyncio.run(index(settings, arguments.force))
    print(f"indexed {products} products" if written else f"{products} products: nothing changed")
    return 0


def _seed(arguments: argparse.Namespace, settings: Settings, environ: Mapping[str, str]) -> int:
    from daogou.preparation import seed

    seeded = asyncio.run(seed(settings))
    if seeded:
        print(f"{seeded.categories} categories, {seeded.products} products, {seeded.skus} SKUs, "
              f"{seeded.customers} customers, {seeded.orders} orders")  # fmt: skip
    return 0


def _import(arguments: argparse.Namespace, settings: Settings, environ: Mapping[str, str]) -> int:
    from daogou.feeds import import_feed

    return asyncio.run(import_feed(arguments.file, arguments.mapping, settings,
                                   dry_run=arguments.dry_run, replace=arguments.replace))  # fmt: skip


def _bench(arguments: argparse.Namespace, settings: Settings, environ: Mapping[str, str]) -> int:
    from daogou.bench import bench

    return bench(settings, environ, arguments.stock)


def _test_conversations(
    arguments: argparse.Namespace, settings: Settings, environ: Mapping[str, str]
) -> int:
    from daogou.lab import conversations

    return conversations.command(arguments, settings, environ)


def _lint_data(
    arguments: argparse.Namespace, settings: Settings, environ: Mapping[str, str]
) -> int:
    from daogou.lab import nlu

    return nlu.lint_data(settings)


def _test_nlu(arguments: argparse.Namespace, settings: Settings, environ: Mapping[str, str]) -> int:
    from daogou.lab import nlu

    return nlu.validate(settings, environ, arguments.folds, arguments.base)


def _test_report(
    arguments: argparse.Namespace, settings: Settings, environ: Mapping[str, str]
) -> int:
    from daogou.lab import report

    report.write(settings.var / "report", arguments.base, Console())
    return 0


def _record(arguments: argparse.Namespace, settings: Settings, environ: Mapping[str, str]) -> int:
    from daogou.lab.recording import record

    return record(arguments.file, arguments.url, arguments.conversation, settings)


def _test_mutation(
    arguments: argparse.Namespace, settings: Settings, environ: Mapping[str, str]
) -> int:
    from daogou.lab import mutation

    return mutation.command(arguments.rules, arguments.words, settings, environ)


def _doctor(arguments: argparse.Namespace, settings: Settings, environ: Mapping[str, str]) -> int:
    from daogou.doctor import doctor

    return doctor(settings)
