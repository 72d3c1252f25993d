"""A table's cells to paragraphs, the same for every format that has tables (pure)."""

from collections.abc import Iterable, Sequence

# A cell with more is prose: a letter that answers a report in two columns keeps question and answer apart.
MAX_CELL_CHARS = 100


def table_paragraphs(rows: Iterable[Sequence[Sequence[str]]]) -> list[str]:
    """Return the paragraphs of a table: a line a row, cells parted by tabs, and prose cells as paragraphs of their own.

    Args:
        rows: each a row of cells, each a cell's paragraphs.
    """
    paragraphs: list[str] = []
    lines: list[str] = []
    for row in rows:
        cells = [[paragraph for paragraph in cell if paragraph.strip()] for cell in row]
        if not any(cells):
            continue
        if sum(bool(cell) for cell in cells) > 1 and all(_is_short(cell) for cell in cells):
            lines.append("\t".join("".join(cell) for cell in cells).rstrip("\t"))
            continue
        if lines:
            paragraphs.append("\n".join(lines))
            lines = []
        paragraphs += [paragraph for cell in cells for paragraph in cell]
    if lines:
        paragraphs.append("\n".join(lines))
    return paragraphs


def _is_short(cell: Sequence[str]) -> bool:
    return not cell or (len(cell) == 1 and len(cell[0]) <= MAX_CELL_CHARS and "\n" not in cell[0])
