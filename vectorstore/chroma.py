"""Where Chroma keeps the vectors: in a folder of the store, or on a server. The only importer of chromadb.

Both hold one collection at a time; a new one is built beside it and switched to by recording its name in the store.
Nothing here knows what the collection ought to hold: that is `vectorstore.index`.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit
from uuid import uuid4

from vectorstore.errors import IndexDownError, SettingsError, StoreError
from vectorstore.store import Store

COLLECTION = "passages"
# With 16 neighbours a vector takes 1.9 kB on disk and 2.2 kB in memory; 32 find no more. What few letters speak of lies
# at the graph's edge, and a search that keeps only 200 in view misses it: see benchmarks/outliers.md.
_HNSW = {"space": "cosine", "ef_construction": 200, "ef_search": 1600, "max_neighbors": 16}
CONNECT_S, ANSWER_S = 3.0, 120.0


class Place(Protocol):
    """Where a collection lies.

    Args:
        name: under which the store records what lies here.
        is_shared: whether what another process writes is seen without opening it anew.
    """

    name: str
    is_shared: bool

    def open(self) -> Any:
        """Return the current collection, or None where there is none that can be trusted to be opened."""

    def begin(self) -> Any:
        """Return a new, empty collection beside the current one."""

    def switch(self) -> None:
        """Make the collection that was begun the current one, and remove all others."""

    def abandon(self) -> None:
        """Remove the collection that was begun."""

    def record(self) -> None:
        """Note what was written, so that a change behind our back is noticed."""

    def close(self) -> None:
        """Let go of files and connections."""

    def explain(self, error: Exception) -> Exception:
        """Return the error to show for one that the collection raised."""


class Folder:
    """Chroma's files inside the store's folder; one process writes at a time, the others open them anew."""

    name = "index"
    is_shared = False

    def __init__(self, store: Store) -> None:
        self._store = store
        self._client: Any = None
        self._begun: Path | None = None

    @property
    def path(self) -> Path:
        """The current collection's folder."""
        return self._store.folder / (self._store.meta("index_folder") or "index")

    def open(self) -> Any:
        """Open the files, if they are those that were written."""
        self.close()
        # Checked before Chroma opens them: torn files of its graph end the whole process, or grow without bound.
        if not self.path.is_dir() or not _is_as_recorded(self.path, self._store.meta("index_files")):
            return None
        self._client = _embedded(self.path)
        return self._client.get_collection(COLLECTION, embedding_function=None)

    def begin(self) -> Any:
        """Make a folder of its own."""
        self.close()
        self._begun = self._store.folder / f"index-{uuid4().hex[:8]}"
        self._client = _embedded(self._begun)
        return self._client.create_collection(
            COLLECTION, embedding_function=None, configuration={"hnsw": _HNSW}
        )

    def switch(self) -> None:
        """Record the new folder; the one before goes, and any that a killed program left half built."""
        assert self._begun is not None
        self._store.set_meta("index_folder", self._begun.name)
        self.record()
        for path in self._store.folder.glob("index*/"):
            if path != self._begun:
                shutil.rmtree(path, ignore_errors=True)
        self._begun = None

    def abandon(self) -> None:
        """Remove the new folder."""
        self.close()
        if self._begun is not None:
            shutil.rmtree(self._begun, ignore_errors=True)
        self._begun = None

    def record(self) -> None:
        """Bring the graph's files to the disk and record them."""
        for path in _graph_files(self.path):
            with path.open("rb") as file:
                os.fsync(file.fileno())
        self._store.set_meta("index_files", fingerprint(self.path))

    def close(self) -> None:
        """Close Chroma."""
        if self._client is not None:
            self._client.close()
        self._client = None

    def explain(self, error: Exception) -> Exception:
        """Leave it as it is."""
        return error


class Server:
    """A collection on a Chroma server, which many processes and machines may share.

    Args:
        url: http or https, with a port where it is not 80 or 443.
        token: sent as `Authorization: Bearer` and `x-chroma-token`, or None.
    """

    is_shared = True

    def __init__(
        self,
        store: Store,
        url: str,
        *,
        token: str | None = None,
        tenant: str = "default_tenant",
        database: str = "default_database",
    ) -> None:
        """Connect to nothing yet.

        Raises:
            SettingsError: the address is none.
        """
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/"):
            raise SettingsError(
                f"The setting LETTERS_CHROMA_URL is {url!r}: it must be the address of a Chroma server, such as "
                "http://127.0.0.1:8000. Mend it, or unset it to keep the vector index in the store."
            )
        self.url = url.rstrip("/")
        self.name = f"index at {self.url}, {tenant}/{database}"
        self._store = store
        self._host, self._ssl = parts.hostname, parts.scheme == "https"
        self._port = parts.port or (443 if self._ssl else 80)
        self._headers = {"Authorization": f"Bearer {token}", "x-chroma-token": token} if token else {}
        self._tenant, self._database = tenant, database
        self._client: Any = None
        self._begun = ""

    @property
    def _prefix(self) -> str:
        """Begin the names of this store's collections, so that two stores on one server do not meet."""
        if (known := self._store.meta("store_id")) is None:
            known = uuid4().hex[:16]
            self._store.set_meta("store_id", known)
        return f"letters-{known}-"

    def _connect(self) -> Any:
        if self._client is None:
            import chromadb
            import httpx
            from chromadb.config import Settings

            try:
                # Asked first with a limit: chromadb's client would wait for ever.
                beat = httpx.get(f"{self.url}/api/v2/heartbeat", headers=self._headers, timeout=CONNECT_S)
                beat.raise_for_status()
                self._client = chromadb.HttpClient(
                    host=self._host,
                    port=self._port,
                    ssl=self._ssl,
                    headers=dict(self._headers),
                    settings=Settings(anonymized_telemetry=False),
                    tenant=self._tenant,
                    database=self._database,
                )
            except Exception as error:
                raise self._down(error) from error
            for session in _sessions(self._client):
                session.timeout = httpx.Timeout(ANSWER_S, connect=CONNECT_S)
        return self._client

    def open(self) -> Any:
        """Return the collection recorded for this server, or None."""
        name = self._store.meta(f"collection of {self.name}")
        client = self._connect()
        if name is None:
            return None
        from chromadb.errors import NotFoundError

        try:
            return client.get_collection(name, embedding_function=None)
        except NotFoundError:
            return None

    def begin(self) -> Any:
        """Make a collection under a name of its own."""
        self._begun = self._prefix + uuid4().hex[:8]
        return self._connect().create_collection(
            self._begun, embedding_function=None, configuration={"hnsw": _HNSW}
        )

    def switch(self) -> None:
        """Record the new collection; this store's others go."""
        self._store.set_meta(f"collection of {self.name}", self._begun)
        for other in self._connect().list_collections():
            if other.name.startswith(self._prefix) and other.name != self._begun:
                self._connect().delete_collection(other.name)
        self._begun = ""

    def abandon(self) -> None:
        """Remove the new collection, if the server is there."""
        if self._begun and self._client is not None:
            try:
                self._client.delete_collection(self._begun)
            except Exception:  # noqa: BLE001 - what is left half built goes with the next switch
                self.close()
        self._begun = ""

    def record(self) -> None:
        """Note nothing: the server's files are its own."""

    def close(self) -> None:
        """Close the connection."""
        if self._client is not None:
            for session in _sessions(self._client):
                session.close()
            self._client.close()
        self._client = None

    def explain(self, error: Exception) -> Exception:
        """Say of a request that never got through which server it was, and what to do."""
        from chromadb.errors import ChromaError

        return error if isinstance(error, ChromaError | StoreError) else self._down(error)

    def _down(self, error: Exception) -> IndexDownError:
        return IndexDownError(
            f"The Chroma server at {self.url!r} cannot be used ({_first_line(error)}). Start it (`chroma run`), mend "
            "LETTERS_CHROMA_URL, or unset it to keep the vector index in the store."
        )


def _sessions(client: Any) -> list[Any]:
    """Return the HTTP sessions of a Chroma client; it has one for itself and one for tenants, and closes neither."""
    servers = [getattr(part, "_server", None) for part in (client, getattr(client, "_admin_client", None))]
    return [session for server in servers if (session := getattr(server, "_session", None)) is not None]


def _embedded(path: Path) -> Any:
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(
        path=str(path), settings=Settings(anonymized_telemetry=False, is_persistent=True)
    )


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return lines[0][:200]


def _graph_files(folder: Path) -> list[Path]:
    """Return the files that Chroma's graph is read from; only writing to the index changes them.

    A graph of fewer than a thousand vectors lies in Chroma's SQLite file alone; what stands beside it then are
    placeholders, made anew at each opening. The SQLite file changes then too, and tells of damage by itself.
    """
    graphs = sorted(path.parent for path in folder.rglob("index_metadata.pickle"))
    return sorted(path for graph in graphs for path in graph.iterdir() if path.is_file())


def fingerprint(folder: Path) -> str:
    """Return size, time and hash of each file of the graph, as JSON by name."""
    return json.dumps(
        {
            str(path.relative_to(folder)): [path.stat().st_size, path.stat().st_mtime_ns, _sha256(path)]
            for path in _graph_files(folder)
        }
    )


def _is_as_recorded(folder: Path, recorded: str | None) -> bool:
    """Whether the graph's files are those recorded; hashed only where size or time differ, as after a copy."""
    try:
        known: Mapping[str, tuple[int, int, str]] = json.loads(recorded or "")
    except ValueError:
        return False
    files = {str(path.relative_to(folder)): path for path in _graph_files(folder)}
    return files.keys() == known.keys() and all(
        path.stat().st_size == size and (path.stat().st_mtime_ns == time_ns or _sha256(path) == sha256)
        for path, (size, time_ns, sha256) in ((files[key], known[key]) for key in files)
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
