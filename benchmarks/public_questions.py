"""Real users' questions over texts that are no letters, as the assistant meets them: each page made into a letter.

Read from `../shared/data`, of which nothing is committed: `conditionalqa_uk` (gov.uk guidance) and `clapnq`
(Wikipedia).
"""

import argparse
import hashlib
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

from assistant.settings import ROOT

DATA = ROOT.parent / "shared" / "data"
Half = Literal["fit", "test"]
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what is known of its answer.

    Args:
        page: file name of the page that it is asked of; "" where it is asked of all.
        gold: sentences that answer, any of them; () where nothing does.
        half: which half of the questions it falls into, by its id's hash: always the same.
    """

    id: str
    text: str
    page: str
    gold: tuple[str, ...]
    half: Half


def observed(about: str, observe: Callable[[Path], Iterable[_T]]) -> list[_T] | None:
    """Return what is observed in the folder of the option `--keep`, or in one that goes; None, said, without the data.

    Args:
        about: what the benchmark does, for its help.
        observe: makes letters and stores in a folder.
    """
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument(
        "--keep", type=Path, metavar="DIR", help="keep what is made for it, and find it there"
    )
    arguments = parser.parse_args()
    if not DATA.is_dir():
        print(f"The data to measure against is not at {DATA.name!r} beside this folder.", file=sys.stderr)
        return None
    if arguments.keep:
        return list(observe(arguments.keep))
    with tempfile.TemporaryDirectory() as place:
        return list(observe(Path(place)))


def half_of(key: str) -> Half:
    """Return the half that an id falls into."""
    return "fit" if hashlib.sha256(key.encode()).digest()[0] % 2 else "test"


def write_clapnq(folder: Path) -> list[Asked]:
    """Write each passage as a letter into `folder`; return the questions, each asked of all of them."""
    source = DATA / "unanswerable" / "clapnq"
    for row in _rows(source / "corpus.jsonl"):
        _write(folder / f"{row['id']}.txt", row["title"], [row["text"]])
    gold = defaultdict(list)
    for row in _rows(source / "evidence.jsonl"):
        gold[row["query_id"]].append(row["quote"])
    return [
        Asked(
            row["id"],
            _as_asked(row["text"]),
            "",
            tuple(gold[row["id"]]) if row["type"] == "answerable" else (),
            half_of(row["id"]),
        )
        for row in _rows(source / "queries.jsonl")
    ]


def write_conditionalqa(folder: Path, *, share: int = 8) -> list[Asked]:
    """Write each page as a letter into `folder`; return one in `share` of the questions, each asked of its page.

    Halves are parted by page, so that no page is in both.
    """
    source = DATA / "retrieval" / "conditionalqa_uk"
    pages: dict[str, list[dict[str, Any]]] = defaultdict(list)
    sentences: dict[str, str] = {}
    for row in _rows(source / "corpus.jsonl"):
        pages[row["meta"]["url"]].append(row)
        sentences[row["id"]] = row["text"]
    for url, rows in pages.items():
        _write(folder / _name(url), rows[0]["title"], [row["text"] for row in rows])
    gold = defaultdict(list)
    for line in (source / "qrels.tsv").read_text(encoding="utf-8").splitlines():
        query, sentence, _ = line.split("\t")
        gold[query].append(sentences[sentence])
    return [
        Asked(row["id"], row["question"], _name(row["url"]), tuple(gold[row["id"]]), half_of(row["url"]))
        for row in _rows(source / "queries.jsonl")
        if row["type"] == "answerable"
        and gold[row["id"]]
        and row["url"] in pages
        and hashlib.sha256(row["id"].encode()).digest()[1] % share == 0
    ]


def _as_asked(text: str) -> str:
    # All are in lower case, as typed into a search box.
    return f"{text[0].upper()}{text[1:].rstrip('?. ')}?"


def _name(url: str) -> str:
    return f"{hashlib.sha256(url.encode()).hexdigest()[:12]}.txt"


def _write(path: Path, title: str, paragraphs: list[str]) -> None:
    body = "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)
    head = "The Reader\n1 High Street\n\n3 May 2021\n\nDear Reader"
    path.write_text(f"{head}\n\n**{title}**\n\n{body}\n\nYours faithfully\n\nThe Editor\n", encoding="utf-8")


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)
