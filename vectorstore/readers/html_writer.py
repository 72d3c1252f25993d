"""Words, lines and paragraphs of a page put together as a browser would show them (pure)."""

import re
from dataclasses import dataclass, field

# A line of this length is a paragraph that the page wraps: what follows stands apart from it.
_LONG_LINE = 72
_SPACE = re.compile(r"[ \t\n\r\f]+")
_SPACES = re.compile(r" {2,}")


@dataclass(slots=True)
class Writer:
    """Puts words, lines and paragraphs together.

    Args:
        mark: a list item's bullet or number, waiting for the item's first words.
        apart: the last line was ended by an element's edge, not by a line break.
    """

    paragraphs: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    mark: str = ""
    apart: bool = False

    def words(self, text: str, *, preformatted: bool) -> None:
        """Go on with the line; white space counts only in preformatted text."""
        if not preformatted:
            self.line.append(_SPACE.sub(" ", text))
            return
        for number, line in enumerate(text.splitlines()):
            if number:
                self.line_break()
            self.line.append(line)

    def line_break(self) -> None:
        """End the line as `<br>` does; a second one ends the paragraph."""
        if self._flush():
            self.apart = False
        else:
            self.end_paragraph()

    def end_line(self) -> None:
        """End the line as the edge of an element does that has no margin."""
        self._flush()
        self.apart = True

    def end_paragraph(self) -> None:
        """End the paragraph, as the edge of an element does that has a margin."""
        self._flush()
        if self.lines:
            self.paragraphs.append("\n".join(self.lines))
            self.lines = []

    def add(self, paragraphs: list[str]) -> None:
        """Add paragraphs that are put together already."""
        self.end_paragraph()
        if paragraphs and self.mark:
            paragraphs[0], self.mark = self.mark + paragraphs[0], ""
        self.paragraphs += paragraphs

    def _flush(self) -> bool:
        line = _SPACES.sub(" ", "".join(self.line)).strip(" ")
        self.line = []
        if not line.strip():
            return False
        if self.apart and self.lines and not self.mark and max(len(line), len(self.lines[-1])) > _LONG_LINE:
            self.paragraphs.append("\n".join(self.lines))
            self.lines = []
        self.lines.append(self.mark + line)
        self.mark, self.apart = "", False
        return True
