"""What a whole ingest costs, stored and indexed: `python -m benchmarks.ingestion [LETTERS]` (default 10,000).

Text letters, invented by the script: read and stored without vectors at two sizes, a second ingest in which nothing
has changed, and a smaller one with vectors, of which the share that the embedding model takes is printed.
"""

import resource
import sys
import tempfile
import time
from pathlib import Path

from assistant import assembly
from assistant.settings import load_settings
from benchmarks import made_letters
from benchmarks.machine import describe
from vectorstore.ingest import IngestReport, ingest
from vectorstore.store import Store

EMBEDDED = 300


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    print(describe("chromadb", "onnxruntime"))
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        for number in range(count):
            part = home / "letters" / f"{number // 1000:03}"
            part.mkdir(parents=True, exist_ok=True)
            (part / f"{number:06}.txt").write_bytes(made_letters.text_file(number))
        half = sorted((home / "letters").iterdir())[: max(1, count // 2000)]
        report = _take(home / "half", half)
        print(f"without vectors, {_of(report)}")
        whole = _take(home / "whole", [home / "letters"])
        print(f"without vectors, {_of(whole)}")
        again = _take(home / "whole", [home / "letters"])
        assert (again.unchanged, again.added) == (count, 0)
        print(f"again, nothing changed: {again.unchanged:,} letters in {again.seconds:.1f} s")
        _embedded(home)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"most memory of this process: {peak:,.0f} MiB")


def _take(folder: Path, paths: list[Path]) -> IngestReport:
    store = Store(folder, create=True)
    try:
        return ingest(store, paths, embeddings=None, model_id=None)
    finally:
        store.close()


def _of(report: IngestReport) -> str:
    pace = report.added / report.seconds
    return f"{report.added:,} letters, {report.passages:,} passages: {report.seconds:.1f} s, {pace:,.0f} letters/s"


def _embedded(home: Path) -> None:
    few = home / "few"
    few.mkdir()
    for number in range(EMBEDDED):
        (few / f"{number:06}.txt").write_bytes(made_letters.text_file(number))
    embeddings, model_id = assembly.open_embeddings(load_settings(store=home / "vectors"))
    spent = 0.0

    class Timed:
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            nonlocal spent
            began = time.monotonic()
            try:
                return embeddings.embed_documents(texts)
            finally:
                spent += time.monotonic() - began

    store = Store(home / "vectors", create=True)
    report = ingest(store, [few], embeddings=Timed(), model_id=model_id)  # type: ignore[arg-type]
    share = spent / report.seconds
    print(f"with vectors, {_of(report)}, of which the embedding model took {spent:.1f} s ({share:.0%})")
    store.close()


if __name__ == "__main__":
    main()
