"""Public retrieval sets as letters: what is searched, what is asked, and what is right.

Each document of a set becomes a letter of its own with the document's title as its subject and its text as its one
paragraph; so the product's own splitter cuts a long text between sentences, and puts the title into the header that
both indexes see. Neighbours of a document in its file are not used: their order may give answers away.
"""

import csv
import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from vectorstore.errors import LetterAssistantError
from vectorstore.letter import Block, CardField, Letter, LetterCard, Passage
from vectorstore.split import split_letter

FILES = ("corpus.jsonl", "queries.jsonl", "qrels.tsv")


class DataError(LetterAssistantError):
    """A data set is not there or cannot be read; the user names its folder."""


@dataclass(frozen=True, slots=True)
class Document:
    """One unit that a set ranks."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked, and the ids of the documents that are right, each with its gain."""

    id: str
    text: str
    gains: dict[str, int]


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """One set: its documents, and the queries of one split."""

    name: str
    documents: tuple[Document, ...]
    queries: tuple[Query, ...]


def load_set(folder: Path) -> RetrievalSet:
    """Read a set from the three files in `folder`; queries without a right document are left out.

    Raises:
        DataError: a file is missing.
    """
    for name in FILES:
        if not (folder / name).is_file():
            raise DataError(
                f"There is no {name!r} in {str(folder)!r}. Name the folder that holds the sets with --data."
            )
    corpus, asked = (_lines(folder / name) for name in FILES[:2])
    gains: dict[str, dict[str, int]] = defaultdict(dict)
    with (folder / FILES[2]).open(encoding="utf-8", newline="") as file:
        for query, document, gain in csv.reader(file, delimiter="\t"):
            gains[query][document] = int(gain)
    return RetrievalSet(
        folder.name,
        tuple(Document(str(d["id"]), str(d["title"]), str(d["text"])) for d in corpus),
        tuple(
            Query(str(q["id"]), str(q["text"]), gains[str(q["id"])])
            for q in asked
            if any(gain > 0 for gain in gains[str(q["id"])].values())
        ),
    )


def halves(found: RetrievalSet, pages: dict[str, str]) -> tuple[RetrievalSet, RetrievalSet]:
    """Part a set's queries into one half to choose on and one to report, all queries of a page on one side.

    Args:
        pages: the page that each query is about, by its id.
    """
    chosen = {query.id for query in found.queries if _digest(pages[query.id])[0] < "8"}
    return (
        replace(found, queries=tuple(q for q in found.queries if q.id in chosen)),
        replace(found, queries=tuple(q for q in found.queries if q.id not in chosen)),
    )


def pages_of_queries(folder: Path) -> dict[str, str]:
    """Return the page that each query of a set is about, by the query's id."""
    return {str(query["id"]): str(query["url"]) for query in _lines(folder / "queries.jsonl")}


def titles_as_queries(found: RetrievalSet, *, every: int) -> RetrievalSet:
    """Return a set to choose on where there is no other: each title asks for its own text, and texts have no title.

    Args:
        every: of how many documents one asks, by hash.
    """
    asking = [d for d in found.documents if int(_digest(d.id)[:8], 16) % every == 0]
    return RetrievalSet(
        f"{found.name}, titles",
        tuple(replace(document, title="") for document in found.documents),
        tuple(Query(d.id, d.title, {d.id: 1}) for d in asking),
    )


def letter_of(document: Document, *, header: bool = True) -> tuple[Letter, tuple[Passage, ...]]:
    """Return a document as a letter with its passages.

    Args:
        header: whether the title goes into the header; without it it is left out altogether.
    """
    titled = CardField(document.title, None, None, "inferred") if header and document.title else None
    letter = Letter(
        id=_digest(document.id)[:16],
        source=document.id,
        text=document.text,
        text_sha256=hashlib.sha256(document.text.encode()).hexdigest(),
        pages=(0,),
        card=LetterCard(subject=titled),
        blocks=(Block(0, len(document.text), "body", 1, 1),),
    )
    return letter, split_letter(letter)


def _lines(path: Path) -> Sequence[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
