"""Past one process: the vector index on a real Chroma server, and many processes that read while one ingests."""

import http.server
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from assistant import assembly
from assistant.doctor import examine
from assistant.settings import Settings, load_settings
from tests.corpora import ROOT
from tests.integration.chroma_server import ChromaServer
from tests.integration.stores import MODEL, WordVectors, letter_text, write_letters
from vectorstore import chroma
from vectorstore.chroma import Server
from vectorstore.errors import IndexDownError, SettingsError
from vectorstore.index import VectorIndex
from vectorstore.ingest import IngestReport, ingest
from vectorstore.letter import Scope
from vectorstore.search import Search
from vectorstore.store import Store

pytestmark = pytest.mark.timeout(300)
SAID = "The zeppelin was sold to the museum for nothing."


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    """A server that all tests of this module share."""
    server = ChromaServer(tmp_path_factory.mktemp("chroma")).start()
    yield server
    server.stop()


@pytest.fixture
def own(tmp_path: Path) -> Iterator[ChromaServer]:
    """A server that a test may stop and start."""
    server = ChromaServer(tmp_path / "chroma").start()
    yield server
    server.stop()


@pytest.fixture
def store(store_dir: Path) -> Iterator[Store]:
    store = Store(store_dir, create=True)
    yield store
    store.close()


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    return write_letters(tmp_path / "letters", 4)


@pytest.fixture
def opened() -> Iterator[ExitStack]:
    """Closes what a test opens."""
    with ExitStack() as stack:
        yield stack


def take(store: Store, server: ChromaServer, *paths: Path, rebuild: bool = False) -> IngestReport:
    place = Server(store, server.url)
    return ingest(store, paths, embeddings=WordVectors(), model_id=MODEL, rebuild=rebuild, place=place)


def index_of(store: Store, url: str, opened: ExitStack, *, later: bool = False) -> VectorIndex:
    index = VectorIndex(store, MODEL, place=Server(store, url), later=later)
    opened.callback(index.close)
    return index


def search_of(store: Store, url: str, opened: ExitStack) -> Search:
    return Search(store, WordVectors(), index_of(store, url, opened, later=True))


def best(search: Search, query: str = SAID) -> tuple[str, bool]:
    """The best passage's words, and whether its vector was found."""
    found = search.search(query, limit=1)[0]
    return found.passage.text, found.cosine is not None


def collections(server: ChromaServer) -> list[str]:
    import chromadb

    client = chromadb.HttpClient(host="127.0.0.1", port=server.port)
    names = sorted(collection.name for collection in client.list_collections())
    for session in chroma._sessions(client):
        session.close()
    return names


def test_letters_are_ingested_searched_replaced_and_removed(
    store: Store, server: ChromaServer, letters: Path, opened: ExitStack
) -> None:
    take(store, server, letters)
    search = search_of(store, server.url, opened)
    assert best(search) != (SAID, True)
    assert not list(store.folder.glob("index*/"))
    new = letters / "new.txt"
    new.write_text(letter_text(9, SAID), "utf-8")
    take(store, server, letters)
    assert best(search) == (SAID, True)
    new.write_text(letter_text(9, "The zeppelin was kept."), "utf-8")
    take(store, server, letters)
    assert best(search) == ("The zeppelin was kept.", True)
    new.unlink()
    take(store, server, letters)
    assert not any("zeppelin" in found.passage.text for found in search.search(SAID))
    assert search.notice == ""


def test_the_server_finds_what_the_store_s_own_index_finds(
    store: Store, server: ChromaServer, letters: Path, opened: ExitStack
) -> None:
    take(store, server, letters)
    here = VectorIndex(store, MODEL)
    there = index_of(store, server.url, opened)
    some = [letter.id for letter in store.letters()[:2]]
    for query in ("what did the bridge cost", "a grant to the school"):
        vector = WordVectors().embed_query(query)
        for ids in (None, some):
            expected = here.query(vector, limit=5, letter_ids=ids)
            found = there.query(vector, limit=5, letter_ids=ids)
            assert [score for _, score in found] == pytest.approx([score for _, score in expected], abs=1e-4)
    here.close()


def test_a_scope_is_kept_to(store: Store, server: ChromaServer, letters: Path, opened: ExitStack) -> None:
    take(store, server, letters)
    search = search_of(store, server.url, opened)
    wanted = store.letters()[0]
    found = search.search("what did the bridge cost", scope=Scope(letter_ids=(wanted.id,)), limit=20)
    assert {one.passage.letter_id for one in found} == {wanted.id}
    assert any(one.cosine is not None for one in found)


def test_two_stores_on_one_server_do_not_meet(
    store: Store, server: ChromaServer, letters: Path, tmp_path: Path, opened: ExitStack
) -> None:
    take(store, server, letters)
    other = Store(tmp_path / "other", create=True)
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "new.txt").write_text(letter_text(9, SAID), "utf-8")
    take(other, server, tmp_path / "one")
    assert best(search_of(other, server.url, opened)) == (SAID, True)
    found = search_of(store, server.url, opened).search(SAID, limit=50)
    assert {one.passage.letter_id for one in found} <= store.letter_ids()
    assert index_of(store, server.url, opened)._ids() == store.vector_ids(MODEL).keys()
    other.close()


def test_a_rebuild_switches_to_a_new_collection_and_removes_the_old(
    store: Store, server: ChromaServer, letters: Path, opened: ExitStack
) -> None:
    take(store, server, letters)
    mine = f"letters-{store.meta('store_id')}-"
    before = [name for name in collections(server) if name.startswith(mine)]
    take(store, server, letters, rebuild=True)
    after = [name for name in collections(server) if name.startswith(mine)]
    assert len(before) == len(after) == 1
    assert before != after
    assert best(search_of(store, server.url, opened), "what did the bridge cost")[1]


def test_vectors_that_somebody_took_out_are_put_back(
    store: Store, server: ChromaServer, letters: Path, opened: ExitStack
) -> None:
    import chromadb

    take(store, server, letters)
    client = chromadb.HttpClient(host="127.0.0.1", port=server.port)
    name = store.meta(f"collection of {Server(store, server.url).name}")
    assert name is not None
    client.get_collection(name).delete(ids=sorted(store.vector_ids(MODEL))[::2])
    for session in chroma._sessions(client):
        session.close()
    index = index_of(store, server.url, opened)
    assert index._ids() == store.vector_ids(MODEL).keys()


def test_a_restarted_server_is_searched_on_and_one_that_lost_its_data_is_filled_again(
    store: Store, own: ChromaServer, letters: Path, tmp_path: Path, opened: ExitStack
) -> None:
    (letters / "new.txt").write_text(letter_text(9, SAID), "utf-8")
    take(store, own, letters)
    search = search_of(store, own.url, opened)
    assert best(search) == (SAID, True)
    own.stop()
    assert best(search) == (SAID, False)
    assert "words alone" in search.notice
    assert own.url in search.notice
    own.start()
    assert best(search) == (SAID, True)
    assert search.notice == ""
    own.stop()
    own.path = tmp_path / "empty"
    own.start()
    assert best(search) == (SAID, True)


def test_letters_that_come_while_the_server_is_down_are_kept_and_their_vectors_brought_later(
    store: Store, own: ChromaServer, letters: Path, opened: ExitStack
) -> None:
    take(store, own, letters)
    own.stop()
    (letters / "new.txt").write_text(letter_text(9, SAID), "utf-8")
    with pytest.raises(IndexDownError, match=r"letters are stored.*" + own.url + r".*same command again"):
        take(store, own, letters)
    assert store.counts()[0] == 5
    assert best(search_of(store, own.url, opened)) == (SAID, False)
    own.start()
    assert take(store, own, letters).unchanged == 5
    assert best(search_of(store, own.url, opened)) == (SAID, True)


@pytest.mark.parametrize(
    "url", ["127.0.0.1:8000", "ftp://127.0.0.1", "http://", "http://127.0.0.1/chroma", ""]
)
def test_an_address_that_is_none_is_refused(store: Store, url: str) -> None:
    with pytest.raises(SettingsError, match="LETTERS_CHROMA_URL"):
        Server(store, url)


def test_what_is_no_chroma_server_is_told_and_words_go_on(
    store: Store, letters: Path, opened: ExitStack
) -> None:
    ingest(store, [letters], embeddings=WordVectors(), model_id=MODEL)
    other = http.server.HTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler)
    thread = threading.Thread(target=other.serve_forever, daemon=True)
    thread.start()
    try:
        url = f"http://127.0.0.1:{other.server_port}"
        search = search_of(store, url, opened)
        assert search.search("what did the bridge cost")
        assert url in search.notice
    finally:
        other.shutdown()
        other.server_close()
        thread.join()


def test_a_server_that_does_not_answer_is_given_up_on(
    store: Store, letters: Path, monkeypatch: pytest.MonkeyPatch, opened: ExitStack
) -> None:
    import socket

    ingest(store, [letters], embeddings=WordVectors(), model_id=MODEL)
    monkeypatch.setattr(chroma, "CONNECT_S", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        search = search_of(store, url, opened)
        began = time.monotonic()
        assert search.search("what did the bridge cost")
        assert time.monotonic() - began < 20
        assert url in search.notice


# Many processes


READER = """
import sys, time
from pathlib import Path
from tests.integration.stores import MODEL, WordVectors
from tests.integration.test_chroma_server import SAID
from vectorstore.chroma import Server
from vectorstore.index import VectorIndex
from vectorstore.search import Search
from vectorstore.store import Store
store = Store(Path(sys.argv[1]))
place = Server(store, sys.argv[2]) if sys.argv[2] else None
search = Search(store, WordVectors(), VectorIndex(store, MODEL, place=place))
print("ready", flush=True)
until, searches = time.time() + 120, 0
while time.time() < until:
    found = search.search(SAID, limit=3)
    assert found and not search.notice, search.notice
    searches += 1
    if found[0].passage.text == SAID and found[0].cosine is not None:
        print("seen", searches, flush=True)
        break
"""


@pytest.mark.parametrize("where", ["a server", "the store's folder"])
def test_two_processes_read_while_one_ingests_and_both_see_the_letter(
    where: str, store: Store, server: ChromaServer, letters: Path
) -> None:
    url = server.url if where == "a server" else ""

    def bring() -> None:
        place = Server(store, url) if url else None
        ingest(store, [letters], embeddings=WordVectors(), model_id=MODEL, place=place)

    bring()
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", READER, str(store.folder), url],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for reader in readers:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "ready\n"
    for number in range(20, 24):
        (letters / f"{number}.txt").write_text(letter_text(number), "utf-8")
        bring()
    (letters / "new.txt").write_text(letter_text(99, SAID), "utf-8")
    bring()
    for reader in readers:
        out, error = reader.communicate(timeout=150)
        assert reader.returncode == 0, error
        assert out.startswith("seen"), error
    index = VectorIndex(store, MODEL, place=Server(store, url) if url else None)
    assert index._ids() == store.vector_ids(MODEL).keys()
    index.close()


# By the settings


@pytest.fixture
def settings(server: ChromaServer, store_dir: Path) -> Settings:
    settings = load_settings(store=store_dir, engine="quoting", chroma_url=server.url)
    assembly.ingest(settings, [ROOT / "letters"])
    return settings


def test_the_settings_put_the_index_on_the_server(settings: Settings, server: ChromaServer) -> None:
    assert not list(settings.store.glob("index*/"))
    assert all(found.ok for found in examine(settings)), list(examine(settings))
    assert any(server.url in found.says for found in examine(settings))
    environment = {**os.environ, "LETTERS_CHROMA_URL": server.url}
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "search", "modern slavery", "--json", "--store", settings.store],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert json.loads(done.stdout)["passages"]
    assert done.stderr == ""


def test_an_answer_says_that_the_server_is_down(settings: Settings) -> None:
    down = settings.model_copy(update={"chroma_url": "http://127.0.0.1:9"})
    # Nothing listens on port 9 here.
    answer = assembly.open_assistant(down).ask("How many 999 calls did WYP receive?")
    assert answer.status == "answered"
    assert "words alone" in answer.notice
    assert "http://127.0.0.1:9" in answer.notice
    assert not all(found.ok for found in examine(down))
