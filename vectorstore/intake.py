"""Files to letters in the store: what is new or has changed is read, in processes apart; what is gone goes."""

import hashlib
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from vectorstore.correct import corrected, still_good
from vectorstore.errors import StoreError, UnreadableError
from vectorstore.gather import Found, Gathered, shown
from vectorstore.letter import Letter
from vectorstore.make import letter_id, make_letter
from vectorstore.progress import Clock, Failure, Progress, Watch
from vectorstore.read import TEXT
from vectorstore.readers.unfold import FOLDED, unfold
from vectorstore.sandbox import Sandbox
from vectorstore.split import split_letter
from vectorstore.store import File, Store

READ_TIMEOUT_S = 60.0
# A scan takes a second or two a page; a hundred pages of it are a letter still.
OCR_PAGE_S = 10.0
READ_MEMORY_BYTES = 2**30
# What is read in a moment goes to a process many at a time; a scan goes alone, so that its neighbours need not wait.
QUICK = TEXT | {".docx", ".html", ".htm"}
QUICK_AT_ONCE = 32
# Below this much text a process takes longer to start than the letters take to read.
DIRECT_BYTES = 500_000


Propose = Callable[[Letter], Letter]


@dataclass(slots=True)
class _Item:
    """A letter's bytes on their way into the store; `file` is None where it is read from the store's own copy."""

    data: bytes
    source: str
    file: File | None


class Intake:
    """One ingest under way: what it has counted, and the processes that read for it."""

    def __init__(self, store: Store, *, rebuild: bool, watch: Watch, propose: Propose | None = None) -> None:
        self.added = self.unchanged = self.replaced = self.removed = self.pages = 0
        self.failed: list[Failure] = []
        self.notes: list[Failure] = []
        self.watch = watch
        self._store = store
        self._rebuild = rebuild
        self._propose = propose
        self._known = store.files()
        self._letters = store.letter_ids()
        self._renewed: set[str] = set()
        self._done = self._total = self._under_way = 0
        self._last = ""
        self._lock = threading.Lock()
        self._clock = Clock(0)
        self._stack = ExitStack()
        self._readers = self._stack.enter_context(
            Sandbox(
                make_letter,
                timeout_s=READ_TIMEOUT_S,
                memory_bytes=READ_MEMORY_BYTES,
                page_s=OCR_PAGE_S,
                workers=_cores(),
                on_page=self._on_page,
            )
        )
        self._unfolder = self._stack.enter_context(
            Sandbox(unfold, timeout_s=READ_TIMEOUT_S, memory_bytes=READ_MEMORY_BYTES)
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def take(self, files: Sequence[Found]) -> None:
        """Read what is new or has changed of these files into the store."""
        waiting: list[Found] = []
        for found in files:
            before = self._known.get(found.shown, {}).values()
            if found.reason:
                self._fail(found.path.name, found.reason)
            elif before and not self._rebuild and all(_is_same(file, found) for file in before):
                self.unchanged += len(before)
            else:
                waiting.append(found)
        self._done, self._total = len(files) - len(waiting), len(files)
        self._clock = Clock(sum(found.size for found in waiting))
        text = [found for found in waiting if found.kind in TEXT]
        small = sum(found.size for found in text) <= DIRECT_BYTES
        quick = [found for found in waiting if found.kind in QUICK and not (small and found.kind in TEXT)]
        slow = [found for found in waiting if found.kind not in QUICK | FOLDED]
        for item in self._opened(text) if small else ():
            try:
                self._put(item, make_letter(item.data, item.source))
            except UnreadableError as error:
                self._put(item, error)
        self._read(self._opened(quick), at_once=QUICK_AT_ONCE)
        self._read(self._opened(slow), at_once=1)
        for found in waiting:
            if found.kind in FOLDED:
                self._unfold(found)

    def forget(self, gathered: Gathered) -> None:
        """Remove the letters of files that are gone; what could not be read or listed this time stays as it was."""
        self.notes += [Failure(folder, reason) for folder, reason in gathered.passed_over]
        self.failed += [
            Failure(path, f"the folder cannot be listed: {reason}") for path, reason in gathered.unlisted
        ]
        there = {found.shown for found in gathered.files}
        for path in sorted(self._known.keys() - there):
            if gathered.is_gone(path):
                self.removed += self._store.remove_file(path)

    def renew(self) -> None:
        """Read the letters that no file of this run holds anew, from the store's copies."""
        self._read(self._copies(), at_once=1)

    def _copies(self) -> Iterator[_Item]:
        for letter in self._store.letters():
            if letter.id not in self._renewed:
                copy = next(self._store.originals.glob(f"{letter.id}*"), None)
                if copy is None:
                    self._fail(letter.source, "the store's copy of it is gone; name its folder too")
                else:
                    yield _Item(copy.read_bytes(), letter.source, None)

    def _read(self, items: Iterable[_Item], *, at_once: int) -> None:
        tasks = ((item, item.data, item.source) for item in items)
        for item, outcome in self._readers.map(tasks, at_once=at_once):
            self._put(item, outcome)

    def _opened(self, files: Iterable[Found]) -> Iterator[_Item]:
        """Open files one by one, as they are asked for; those whose letter is here already are settled at once."""
        for found in files:
            try:
                data = found.path.read_bytes()
            except OSError as error:
                self._fail(found.path.name, f"it cannot be opened: {error.strerror}")
                self._tell(found)
                continue
            file = File(found.shown, "", letter_id(data), found.size, found.mtime_ns, complete=True)
            item = self._item(data, found.path.name, file)
            if item:
                yield item

    def _item(self, data: bytes, source: str, file: File) -> _Item | None:
        """Return what is to be read; None, with all done, where the same letter is here, whole."""
        if file.letter_id in self._letters:
            had = self._store.letter(file.letter_id)
            if had is not None:
                source = had.source
                whole = all(page.how != "unreadable" for page in had.reads)
                if whole and (not self._rebuild or had.id in self._renewed):
                    self._store.put_file(file)
                    self._count(file, is_new=False, differs=False)
                    return None
        return _Item(data, source, file)

    def _unfold(self, found: Found) -> None:
        """Read what an archive or an e-mail holds; its members that are gone go."""
        failures = len(self.failed)
        try:
            members = self._unfolder.read(found.path.read_bytes(), found.path.name)
        except (OSError, UnreadableError) as error:
            reason = f"it cannot be opened: {error.strerror}" if isinstance(error, OSError) else str(error)
            self._fail(found.path.name, reason)
            self._tell(found)
            return
        items: list[_Item] = []
        for member in members:
            source = f"{shown(found.path.name)} - {member.name}"
            if member.reason:
                self._fail(source, member.reason)
                continue
            key = letter_id(member.data)
            # Not complete until all of them are in: a run that ends halfway is taken up again.
            file = File(found.shown, member.name, key, found.size, found.mtime_ns, complete=False)
            item = self._item(member.data, source, file)
            if item:
                items.append(item)
        self._read(items, at_once=1 if len(items) < QUICK_AT_ONCE else QUICK_AT_ONCE)
        names = {member.name for member in members}
        for name in self._known.get(found.shown, {}).keys() - names:
            self.removed += self._store.remove_file(found.shown, name)
        if len(self.failed) == failures:
            self._store.complete_file(found.shown)
        self._tell(found)

    def _put(self, item: _Item, outcome: Letter | UnreadableError) -> None:
        """Store a letter and keep a copy of its bytes, or set its file aside."""
        if isinstance(outcome, UnreadableError):
            self._fail(item.source, str(outcome))
        else:
            self._store_letter(item, outcome)
        if item.file and not item.file.member:
            self._tell(Found(Path(item.file.path), item.file.path, item.file.size))

    def _store_letter(self, item: _Item, letter: Letter) -> None:
        try:
            self._store.originals.mkdir(exist_ok=True)
            copy = self._store.originals / f"{letter.id}{Path(letter.source).suffix.lower()}"
            copy.write_bytes(item.data)
        except OSError as error:
            raise StoreError(
                f"The letter {letter.source!r} cannot be copied to {str(self._store.originals)!r}: {error.strerror}. "
                "Look at its permissions and disk space, then run the same command again."
            ) from error
        unread = [
            (number, page) for number, page in enumerate(letter.reads, start=1) if page.how == "unreadable"
        ]
        before = self._store.text_hash_of(letter.id)
        if self._propose:
            letter = self._propose(letter)
        file = item.file
        if file and unread:
            file = file._replace(complete=False)
        self._take_over_corrections(file, letter)
        passages = split_letter(corrected(letter, self._store.corrections(letter.id)))
        self._store.put_letter(
            letter, passages, bytes_sha256=hashlib.sha256(item.data).hexdigest(), file=file
        )
        with self._lock:
            self.pages += len(letter.pages)
            self._under_way -= min(self._under_way, sum(page.how != "text" for page in letter.reads))
        self._letters.add(letter.id)
        self._renewed.add(letter.id)
        for number, page in unread:
            self._fail(f"{letter.source}, page {number}", page.reason)
        if file:
            self._count(file, is_new=before is None, differs=before not in (None, letter.text_sha256))

    def _take_over_corrections(self, file: File | None, letter: Letter) -> None:
        """Keep what was corrected by hand on the version of this file that was here before, where it still holds."""
        before = self._known.get(file.path, {}).get(file.member) if file else None
        if before is None or before.letter_id == letter.id:
            return
        card, had = self._store.card_as_read(before.letter_id), self._store.corrections(before.letter_id)
        if not had or card is None:
            return
        kept = still_good(had, card, letter.card)
        self._store.put_corrections(letter.id, kept)
        if gone := sorted(had.keys() - kept.keys()):
            reason = (
                f"it says something new there, so that the correction by hand was left: {', '.join(gone)}"
            )
            self.notes.append(Failure(letter.source, reason))

    def _count(self, file: File, *, is_new: bool, differs: bool) -> None:
        before = self._known.get(file.path, {}).get(file.member)
        if differs or (before and before.letter_id != file.letter_id):
            self.replaced += 1
        elif is_new:
            self.added += 1
        else:
            # The same letter under a second name is one letter.
            self.unchanged += 1

    def _fail(self, source: str, reason: str) -> None:
        self.failed.append(Failure(shown(source), reason))

    def _tell(self, found: Found) -> None:
        self._done += 1
        self._last = shown(found.path.name)
        self._show(self._clock.left(found.size))

    def _on_page(self) -> None:
        """Count a page of a scan that is being read; called from another thread."""
        with self._lock:
            self._under_way += 1
        self._show(self._clock.left(0))

    def _show(self, left: float | None) -> None:
        pages = self.pages + self._under_way
        self.watch(Progress("reading", self._done, self._total, pages, self._last, left))


def _is_same(file: File, found: Found) -> bool:
    return file.complete and (file.size, file.mtime_ns) == (found.size, found.mtime_ns)


def _cores() -> int:
    """Return how many processes read side by side: the processors that this program may use, at most four."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(4, usable)
