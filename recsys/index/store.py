"""Index versions on disk: written beside the current one, then swapped in by renaming one link."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from recsys.faq.collection import FaqCollection, sentences
from recsys.faq.entry import FaqEntry
from recsys.faq.words import Concepts
from recsys.index.columns import Columns
from recsys.index.dense import DenseIndex
from recsys.index.document import CategorySchema, Document
from recsys.index.lexical import LexicalIndex
from recsys.index.lexicon import Knowledge, build_lexicon
from recsys.index.phrases import PhraseIndex
from recsys.index.vocabulary import Vocabulary
from recsys.knowledge.concepts import ConceptReader
from recsys.knowledge.entry import Entry
from recsys.knowledge.thesaurus import Thesaurus
from recsys.query import Lexicon, QueryParser
from recsys.text.normalise import normalise
from recsys.text.segment import Segmenter

FORMAT = 6
KEPT_VERSIONS = 2


class NoIndex(Exception):
    """There is no usable index in the folder; run `daogou index`."""


class Encoder(Protocol):
    """What the index needs of an encoder: unit vectors, shape (texts, dims)."""

    def documents(self, texts: Sequence[str]) -> NDArray[np.float32]: ...
    def queries(self, texts: Sequence[str]) -> NDArray[np.float32]: ...


@dataclass(frozen=True)
class Index:
    """One immutable version of the searchable catalogue and of the FAQ."""

    version: str
    documents: tuple[Document, ...]
    categories: tuple[CategorySchema, ...]
    lexicon_json: dict[str, Any]
    lexical: LexicalIndex
    dense: DenseIndex
    vectors: NDArray[np.float32]
    columns: Columns
    parser: QueryParser
    faq: FaqCollection
    entries: tuple[Entry, ...]
    concepts: ConceptReader
    phrases: PhraseIndex

    @cached_property
    def row_of(self) -> dict[str, int]:
        return {d.product_id: row for row, d in enumerate(self.documents)}


def build(
    documents: Sequence[Document],
    categories: Sequence[CategorySchema],
    knowledge: Knowledge,
    encoder: Encoder,
    faq: Sequence[FaqEntry] = (),
) -> Index:
    """Build a new version in memory."""
    vectors = _vectors(documents, encoder, {})
    return _assemble(
        _new_version(),
        documents,
        categories,
        build_lexicon(documents, categories, knowledge),
        vectors,
        _faq(faq, Concepts(knowledge.service), encoder),
        (*knowledge.entries, *_brand_entries(knowledge), *_own_entries(categories)),
    )


def _brand_entries(knowledge: Knowledge) -> Iterator[Entry]:
    for spellings in knowledge.brands:
        yield Entry("brand", tuple(dict.fromkeys(map(normalise, spellings))))


def _own_entries(categories: Sequence[CategorySchema]) -> Iterator[Entry]:
    """What the shop itself says of its categories: other names, and the tags that serve a purpose."""
    for category in categories:
        if category.aliases:
            names = (category.name, *category.aliases)
            yield Entry("alias", tuple(dict.fromkeys(map(normalise, names))))
        for purpose, tag in category.purposes.items():
            yield Entry("need", (normalise(purpose),), (), (normalise(tag),))


def _faq(entries: Sequence[FaqEntry], concepts: Concepts, encoder: Encoder) -> FaqCollection:
    asked = sentences(entries, concepts)
    vectors = encoder.queries(asked) if asked else np.zeros((0, 0), np.float32)
    return FaqCollection(entries, vectors, concepts)


def rebuild(index: Index, documents: Sequence[Document], encoder: Encoder) -> Index:
    """The same shop with changed documents: known texts keep their vectors, the lexicon stays."""
    known = {
        d.short_text(): vector for d, vector in zip(index.documents, index.vectors, strict=True)
    }
    return _assemble(
        index.version,
        documents,
        index.categories,
        index.lexicon_json,
        _vectors(documents, encoder, known),
        index.faq,
        index.entries,
        index,
    )


def _new_version() -> str:
    return time.strftime("%Y%m%d-%H%M%S")


def _vectors(
    documents: Sequence[Document], encoder: Encoder, known: dict[str, NDArray[np.float32]]
) -> NDArray[np.float32]:
    texts = [d.short_text() for d in documents]
    missing = list(dict.fromkeys(t for t in texts if t not in known))
    if missing:
        known = {**known, **dict(zip(missing, encoder.documents(missing), strict=True))}
    return (
        np.stack([known[t] for t in texts])
        if texts
        else np.zeros((0, encoder.queries([""]).shape[1]), np.float32)
    )


def _assemble(
    version: str,
    documents: Sequence[Document],
    categories: Sequence[CategorySchema],
    lexicon: dict[str, Any],
    vectors: NDArray[np.float32],
    faq: FaqCollection,
    entries: Sequence[Entry],
    before: Index | None = None,
) -> Index:
    lexical = LexicalIndex(searchable_texts(documents, categories))
    parser = before.parser if before else QueryParser(Lexicon.from_json(lexicon))
    return Index(
        version=version,
        documents=tuple(documents),
        categories=tuple(categories),
        lexicon_json=lexicon,
        lexical=lexical,
        dense=DenseIndex(vectors),
        vectors=vectors,
        columns=Columns(documents, categories, lexicon.get("excludes")),
        parser=parser,
        faq=faq,
        entries=tuple(entries),
        concepts=_concepts(documents, lexical, entries, parser.lexicon, before),
        phrases=PhraseIndex(documents, lexical),
    )


def _concepts(
    documents: Sequence[Document],
    lexical: LexicalIndex,
    entries: Sequence[Entry],
    lexicon: Lexicon,
    before: Index | None,
) -> ConceptReader:
    """A changed catalogue keeps the thesaurus and the segmenter, which take a second to build."""
    thesaurus = before.concepts.thesaurus if before else Thesaurus(entries)
    segmenter = (
        before.concepts.segmenter if before else Segmenter([*thesaurus.words, *lexicon.words])
    )
    vocabulary = Vocabulary(documents, lexical, segmenter, thesaurus.words)
    return ConceptReader(thesaurus, segmenter, vocabulary)


def searchable_texts(
    documents: Sequence[Document], categories: Sequence[CategorySchema]
) -> list[str]:
    """Text for lexical search: the document and the words by which its category is known."""
    aliases = {c.name: " ".join(c.aliases) for c in categories}
    return [f"{d.full_text()} {aliases.get(d.category, '')}" for d in documents]


def _document_json(document: Document) -> dict[str, Any]:
    data = {k: getattr(document, k) for k in document.__dataclass_fields__ if k != "skus"}
    data["skus"] = [
        {"sku": s.sku, "price": str(s.price), "stock": s.stock, "options": dict(s.options)}
        for s in document.skus
    ]
    return data


def write(index: Index, folder: Path, encoder_id: str) -> Path:
    """Write `folder/<version>` and point `folder/current` at it; readers never see half a version."""
    target = folder / index.version
    work = folder / f".{index.version}.new"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    with (work / "documents.jsonl").open("w", encoding="utf-8") as out:
        out.writelines(
            json.dumps(_document_json(d), ensure_ascii=False) + "\n" for d in index.documents
        )
    categories = [{k: getattr(c, k) for k in c.__dataclass_fields__} for c in index.categories]
    faq = {"concepts": index.faq.concepts.groups, "entries": [vars(e) for e in index.faq.entries]}
    for name, content in (
        ("categories.json", categories),
        ("lexicon.json", index.lexicon_json),
        ("faq.json", faq),
        ("entries.json", [vars(entry) for entry in index.entries]),
    ):
        (work / name).write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    np.save(work / "vectors.npy", index.vectors)
    np.save(work / "faq.npy", index.faq.vectors)
    manifest = {
        "format": FORMAT,
        "version": index.version,
        "encoder": encoder_id,
        "products": len(index.documents),
    }
    (work / "manifest.json").write_text(json.dumps(manifest, indent=2), "utf-8")
    shutil.rmtree(target, ignore_errors=True)
    work.rename(target)
    _point(folder, index.version)
    return target


def _point(folder: Path, version: str) -> None:
    link = folder / ".current.new"
    link.unlink(missing_ok=True)
    link.symlink_to(version)
    link.replace(folder / "current")
    versions = sorted(
        p for p in folder.iterdir() if p.is_dir() and not p.is_symlink() and p.name[0] != "."
    )
    for old in versions[:-KEPT_VERSIONS]:
        if old.name != version:
            shutil.rmtree(old, ignore_errors=True)


def manifest_of(folder: Path) -> dict[str, Any]:
    """The current version's manifest; raises NoIndex."""
    path = folder / "current" / "manifest.json"
    try:
        manifest: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        raise NoIndex(f"no index in {folder}; run `daogou index`") from None
    if manifest.get("format") != FORMAT:
        raise NoIndex(f"the index in {folder} has another format; run `daogou index`")
    return manifest


def load(folder: Path, encoder_id: str | None = None) -> Index:
    """Load the current version; raises NoIndex when there is none or it was built by another encoder."""
    manifest = manifest_of(folder)
    if encoder_id is not None and manifest["encoder"] != encoder_id:
        raise NoIndex(f"the index in {folder} was built by another encoder; run `daogou index`")
    base = (folder / "current").resolve()
    lines = (base / "documents.jsonl").read_text("utf-8").splitlines()
    documents = [Document.from_json(json.loads(line)) for line in lines]
    categories = [
        CategorySchema.from_json(c)
        for c in json.loads((base / "categories.json").read_text("utf-8"))
    ]
    lexicon = json.loads((base / "lexicon.json").read_text("utf-8"))
    vectors, faq = np.load(base / "vectors.npy"), _read_faq(base)
    entries = [Entry(**entry) for entry in json.loads((base / "entries.json").read_text("utf-8"))]
    return _assemble(manifest["version"], documents, categories, lexicon, vectors, faq, entries)


def _read_faq(base: Path) -> FaqCollection:
    data = json.loads((base / "faq.json").read_text("utf-8"))
    entries = [FaqEntry.from_json(entry) for entry in data["entries"]]
    return FaqCollection(entries, np.load(base / "faq.npy"), Concepts(data["concepts"]))
