"""Whose words a draft says it quotes: where near a quotation a draft says so, and which letters that means (pure)."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

from assistant.draft_text import DraftText, Link, Paragraph
from assistant.link import Changed, Opened, Tampered, resolve
from assistant.named_letters import NOBODY, Attribution, NamedLetters
from assistant.speaking import SAYS
from vectorstore.letter import Letter
from vectorstore.sentences import sentence_spans

# A citation stands in brackets, or at a note's mark, straight after what it is for.
_CITATION = re.compile(r"[\s.,;:]*(?:[*_]*)[(\[](?P<words>[^()\[\]]{2,200}(?:\([^()]*\)[^()\[\]]*)?)[)\]]")
_ANY_CITATION = re.compile(r"[(\[](?P<words>[^()\[\]]{2,200})[)\]]")
_NOTE_MARKS = re.compile(r"[\s.,;:]*(?:\[\^(?P<label>[^\]\s]{1,40})\])")
# A sentence that begins so goes on about whom the one before it named.
_GOES_ON = re.compile(
    r"\W*(?:(?:In|At|From|On|And|But|Yet) )?(?:(?:he|she|they|it|his|her|their|its)\b"
    r"|(?:the|this|that) (?:same )?(?:letter|reply|response|author|commissioner|mayor|writer|document)\b)",
    re.IGNORECASE,
)
_THEY_SAY = re.compile(rf"\b(?:he|she|they) (?:\w+ly )?{SAYS}\b")
_OTHERS = re.compile(r"\b(?:other|others|another|elsewhere|by contrast|unlike|else)\b", re.IGNORECASE)


NOWHERE = (-1, -1)


class Attributor:
    """Finds whose words a draft says it quotes."""

    def __init__(self, letters: Sequence[Letter]) -> None:
        self._letters = {letter.id: letter for letter in letters}
        sources = Counter(letter.source for letter in letters)
        self._sources = {letter.source: letter for letter in letters if sources[letter.source] == 1}
        self._names = NamedLetters(letters)

    def of_quote(
        self, draft: DraftText, paragraph: Paragraph, sentence: tuple[int, int], start: int, end: int
    ) -> Attribution:
        """Return whose words `[start, end)` are said to be; it stands in quotation marks within `sentence`."""
        first, last = sentence
        before = max((e for _, e in paragraph.quoted if e < start and e >= first), default=first)
        after = min((s for s, _ in paragraph.quoted if s > end and s <= last), default=last)
        outside, behind = _closing(draft.text, end), draft.text[end + 1 : paragraph.end]
        found = self._linked(draft, outside, after) or self._cited(draft, behind, draft.text[end + 1 : after])
        if found:
            return found
        # What stands in brackets after a quotation is for that one.
        earlier = _CITATION.match(draft.text, before + 1, start) if before != first else None
        spoken = draft.text[earlier.end() if earlier else before : start], draft.text[end:after]
        for words, followed in ((spoken[0], False), (spoken[1], after != last)):
            found = (
                NOBODY if followed and not _said_at_once(words) else self._names.in_words(words, spoke=True)
            )
            if found:
                return found
        return self._around(draft, paragraph, first, start) or self._later(draft.text[end:last])

    def of_sentence(self, draft: DraftText, paragraph: Paragraph, sentence: tuple[int, int]) -> Attribution:
        """Return whose letter a sentence is about."""
        first, last = sentence
        words = without(draft.text[first:last], [(s - first, e - first) for s, e in paragraph.quoted])
        found = self._linked(draft, first, last) or self._noted(draft, words) or self._later(words)
        return found or self._names.in_words(words) or self._around(draft, paragraph, first, last, about=True)

    def _around(
        self, draft: DraftText, paragraph: Paragraph, first: int, start: int, *, about: bool = False
    ) -> Attribution:
        """Look before the sentence: a credit, an introduction, the sentences before it, the heading."""
        if paragraph.credit:
            found = self._names.in_citation(paragraph.credit.strip(" >—–-―")) or self._names.in_words(
                paragraph.credit
            )
            if found:
                return replace(found, how="citation")
        own = draft.text[first:start].strip(" \n\t*_>\"“”‘’«»„'-–—•")
        earlier = without(
            draft.text[paragraph.start : first],
            [(s - paragraph.start, e - paragraph.start) for s, e in paragraph.quoted if e <= first],
        )
        if earlier and (_GOES_ON.match(own) or _THEY_SAY.search(own) or not own):
            found = self._last_named(earlier)
            if found:
                return replace(found, how="before")
        if _OTHERS.search(own):
            return NOBODY
        if paragraph.lead and (paragraph.kind != "text" or not own or about):
            found = self._last_named(paragraph.lead)
            if found:
                return replace(found, how="before")
        if paragraph.kind == "block":
            return NOBODY  # only its own lead-in, or the line under it, says whose it is
        found = self._names.in_words(paragraph.heading)
        return replace(found, how="heading") if found.letter_ids else NOBODY

    def _last_named(self, words: str) -> Attribution:
        """Return whom the last sentence that names anybody names."""
        for start, end in reversed(sentence_spans(words)):
            found = self._names.in_words(words[start:end], spoke=True)
            if found:
                return found
        return NOBODY

    # -- links and citations ------------------------------------------------------------------------

    def _linked(self, draft: DraftText, start: int, end: int) -> Attribution:
        for link in draft.links:
            if start - 1 <= link.start <= end + 3:  # its address is blanked, and so beyond the sentence
                found = self._of_link(link)
                if found:
                    return found
        return NOBODY

    def _of_link(self, link: Link) -> Attribution:
        """Read a link to a citation; one that was tampered with leads to no words at all."""
        try:
            address = urlsplit(link.address)
        except ValueError:
            return NOBODY
        given = {name: values[0] for name, values in parse_qs(f"{address.query}&{address.fragment}").items()}
        letter_id = given.get("letter", "")
        if not letter_id:
            return NOBODY
        match resolve(given, self._letters.get, self._sources.get):
            case Opened(letter_id=found, start=start, end=end):
                return Attribution(frozenset({found}), found, "link", span=(start, end))
            case Changed(letter_id=found):
                return Attribution(frozenset({found}), found, "link")
            case Tampered() if letter_id in self._letters:
                return Attribution(frozenset({letter_id}), letter_id, "link", span=NOWHERE)
        return Attribution(unknown=letter_id, named=letter_id, how="link")

    def _noted(self, draft: DraftText, words: str) -> Attribution:
        for mark in re.finditer(r"\[\^([^\]\s]{1,40})\]", words):
            found = self._note(draft, mark[1])
            if found:
                return found
        return NOBODY

    def _note(self, draft: DraftText, label: str) -> Attribution:
        words = draft.notes.get(label, "")
        for address in re.findall(r"https?://[^\s)>]+|(?<=\()[^\s()]*letter=[^\s()]*", words):
            found = self._of_link(Link(0, 0, address))
            if found:
                return found
        return self._names.in_citation(words)

    def _cited(self, draft: DraftText, behind: str, near: str) -> Attribution:
        """Read the citation straight after a quotation; `near` ends where the next one begins."""
        mark = _NOTE_MARKS.match(behind)
        if mark and (found := self._note(draft, mark["label"])):
            return found
        mark = re.search(r"\[\^([^\]\s]{1,40})\]", near)
        if mark and (found := self._note(draft, mark[1])):
            return found
        citation = _CITATION.match(behind)
        return self._names.in_citation(citation["words"]) if citation else NOBODY

    def _later(self, words: str) -> Attribution:
        """Read a citation later in the sentence, which may be for several quotations."""
        for citation in _ANY_CITATION.finditer(words):
            found = self._names.in_citation(citation["words"])
            if found:
                return found
        return NOBODY


def _closing(text: str, end: int) -> int:
    """Return where what follows a quotation begins: after its mark."""
    return end + 1 if end < len(text) else end


def _said_at_once(words: str) -> bool:
    """Whether words between two quotations say whose the first is: "…," said Hill, "…"."""
    return bool(re.match(rf"\W*(?:(?:[\w.’'-]+ ){{0,5}}{SAYS}\b|{SAYS}\b)", words)) and not re.match(
        r"\W*(?:and|but|while|whereas|or)\b", words
    )


def said_before(words: str) -> bool:
    """Whether words end with a verb of saying that a quotation follows; to call something so is none."""
    found = re.search(rf"\b(?P<verb>{SAYS})(?: that)?[:,]?[\s*_]*[\"“‘'«„]?$", words)
    return found is not None and not re.match(r"call|descri|welcom", found["verb"])


def without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Blank spans of a text."""
    kept = list(text)
    for start, end in spans:
        first, last = max(0, start), min(len(kept), end)
        if first < last:
            kept[first:last] = " " * (last - first)
    return "".join(kept)
