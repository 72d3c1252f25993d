"""A Word story (body, header, footnotes) to paragraphs: what the page shows once all changes are accepted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from vectorstore.readers.docx_numbers import Numbers
from vectorstore.readers.table import table_paragraphs

_EMU_PER_CM = 360_000
_POINTS_PER_CM = 28.35
_GONE = frozenset({"del", "moveFrom", "instrText", "delText", "rPr", "pPr", "sdtPr", "rt"})
_MARKS = {"tab": "\t", "ptab": "\t", "cr": "\n", "br": "\n", "noBreakHyphen": "-", "softHyphen": "\u00ad"}
# Symbol fonts: bullets, ticks and boxes that a form shows; other pictures in fonts say nothing.
_SYMBOLS = {"f0b7": "•", "f0fc": "✓", "f0fe": "☒", "f052": "☑", "f0a8": "☐", "f06f": "☐", "f0e0": "→"}
_AT_BREAK = re.compile(r" *\n *")
_OFF = frozenset({"0", "false", "off", "none"})
_SIZE = re.compile(r"(width|height):\s*([\d.]+)(pt|in|cm|mm)?", re.IGNORECASE)
_CM = {"pt": 1 / _POINTS_PER_CM, "in": 2.54, "cm": 1.0, "mm": 0.1}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture where it stands in the letter; `relation` names the part that holds it."""

    relation: str
    width_cm: float
    height_cm: float


@dataclass(slots=True)
class Story:
    """Reads stories of one letter; `pictures` grows as they are met, `hides_words` tells of text that does not show."""

    numbers: Numbers
    pictures: list[Picture] = field(default_factory=list)
    hides_words: bool = False

    def paragraphs(self, container: etree._Element, *, note: str = "") -> list[str]:
        """Return the paragraphs below an element, tables as lines, text boxes after the paragraph that holds them.

        Args:
            note: the number of the footnote that this is.
        """
        found: list[str] = []
        # A paragraph whose mark was deleted runs on into the next.
        carried = ""
        for item in _blocks(container):
            if _local(item) == "tbl":
                found += [*filter(str.strip, [carried]), *self._table(item)]
                carried = ""
                continue
            properties = item.find("{*}pPr")
            boxes: list[str] = []
            text = _AT_BREAK.sub("\n", carried + "".join(self._inline(item, boxes, note)))
            if properties is not None and properties.find("{*}rPr/{*}del") is not None:
                carried = text
                found += boxes
                continue
            carried = ""
            # Word counts an empty list item too, and shows its number; without words it says nothing here.
            mark = self.numbers.label(properties)
            if text.strip():
                found.append(mark + (text.strip() if mark else text.strip("\n")))
            found += boxes
        return [*found, *filter(str.strip, [carried])]

    def _table(self, table: etree._Element) -> list[str]:
        rows: list[list[list[str]]] = []
        for row in _inside(table, "tr"):
            if row.find("{*}trPr/{*}del") is not None:
                continue
            cells = [cell for cell in _inside(row, "tc") if cell.find("{*}tcPr/{*}cellDel") is None]
            rows.append([self.paragraphs(cell) for cell in cells])
        return table_paragraphs(rows)

    def _inline(self, item: etree._Element, boxes: list[str], note: str) -> Iterator[str]:
        for child in item:
            name = _local(child)
            if name in _GONE:
                continue
            if name == "r" and _is_hidden(child):
                self.hides_words |= any((item.text or "").strip() for item in child.iterfind("{*}t"))
                continue
            if name == "t":
                yield _said(child)
            elif name in _MARKS:
                yield _MARKS[name]
            elif name == "sym":
                yield _SYMBOLS.get(_attribute(child, "char").lower(), "")
            elif name in ("footnoteRef", "endnoteRef"):
                yield note
            elif name == "AlternateContent":
                chosen = child.find("{*}Choice")
                chosen = child.find("{*}Fallback") if chosen is None else chosen
                if chosen is not None:
                    yield from self._inline(chosen, boxes, note)
            elif name in ("drawing", "pict", "object"):
                self._drawn(child, boxes)
            else:
                yield from self._inline(child, boxes, note)

    def _drawn(self, drawing: etree._Element, boxes: list[str]) -> None:
        for box in drawing.iter("{*}txbxContent"):
            boxes += self.paragraphs(box)
        extent = next(drawing.iter("{*}extent"), None)
        size = (0.0, 0.0)
        if extent is not None:
            size = (_number(extent.get("cx")) / _EMU_PER_CM, _number(extent.get("cy")) / _EMU_PER_CM)
        for blip in drawing.iter("{*}blip"):
            self.pictures.append(Picture(_attribute(blip, "embed"), *size))
        for image in drawing.iter("{*}imagedata"):
            shape = image.getparent()
            sides = dict.fromkeys(("width", "height"), 0.0)
            for side, length, unit in _SIZE.findall(shape.get("style", "") if shape is not None else ""):
                sides[side.lower()] = _number(length) * _CM[unit.lower() or "pt"]
            self.pictures.append(Picture(_attribute(image, "id"), sides["width"], sides["height"]))


def _blocks(container: etree._Element) -> Iterator[etree._Element]:
    """Yield paragraphs and tables, out of whatever wraps them: content controls, custom tags, accepted changes."""
    for child in container:
        name = _local(child)
        if name in ("p", "tbl"):
            yield child
        elif name == "AlternateContent":
            chosen = child.find("{*}Choice")
            chosen = child.find("{*}Fallback") if chosen is None else chosen
            if chosen is not None:
                yield from _blocks(chosen)
        elif name not in _GONE:
            yield from _blocks(child)


def _inside(container: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield a table's rows or a row's cells, out of what wraps them, but not those of a table in a cell."""
    for child in container:
        if _local(child) == name:
            yield child
        elif _local(child) in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _inside(child, name)


def _said(text: etree._Element) -> str:
    said = (text.text or "").replace("\r", " ").replace("\n", " ")
    kept = text.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"
    return (
        said
        if kept or text.tag.startswith("{http://schemas.openxmlformats.org/officeDocument")
        else said.strip()
    )


def _is_hidden(run: etree._Element) -> bool:
    """Whether a run is marked hidden, is too small to see, or is white on a page that nothing here has shaded."""
    properties = run.find("{*}rPr")
    if properties is None:
        return False
    vanish = properties.find("{*}vanish")
    if vanish is not None and _attribute(vanish, "val") not in _OFF:
        return True
    size = properties.find("{*}sz")
    if size is not None and _attribute(size, "val") in ("1", "2"):
        return True
    colour = properties.find("{*}color")
    if colour is None or _attribute(colour, "val").upper() != "FFFFFF":
        return False
    if properties.find("{*}shd") is not None or properties.find("{*}highlight") is not None:
        return False
    # A table's style or a text box can be dark without saying so here: what is white there is kept.
    return not any(
        _local(above) in ("tbl", "txbxContent") or above.find("{*}pPr/{*}shd") is not None
        for above in run.iterancestors()
    )


def _local(item: etree._Element) -> str:
    return str(item.tag).rpartition("}")[2]


def _attribute(item: etree._Element, name: str) -> str:
    return next((str(value) for key, value in item.items() if str(key).rpartition("}")[2] == name), "")


def _number(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0.0
