"""The fixed parts of a Word file that is written: its styles, its settings, and how its parts belong together.

There is nothing in it that Word would work out or fetch: no field, no macro, no picture, no relation to the outside.
"""

import io
import zipfile
from collections.abc import Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
LANGUAGE = "en-GB"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# The oldest date that a ZIP can hold: the same briefing gives the same bytes, whenever it is written.
_DATE = (1980, 1, 1, 0, 0, 0)
_KINDS = {
    "styles": "styles",
    "settings": "settings",
    "footnotes": "footnotes",
    "header": "header",
    "footer": "footer",
}
_FONT = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" w:cs="Arial"/>'
_GREY, _RED = "595959", "9C2A00"


def _paragraph_style(
    key: str, name: str, paragraph: str = "", run: str = "", *, follows: str = "Normal", rank: int = 1
) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
        f'<w:next w:val="{follows}"/><w:uiPriority w:val="{rank}"/><w:qFormat/>'
        + (f"<w:pPr>{paragraph}</w:pPr>" if paragraph else "")
        + (f"<w:rPr>{run}</w:rPr>" if run else "")
        + "</w:style>"
    )


def _spacing(before: int, after: int) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}"/>'


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _edge(side: str, colour: str, eighths: int, space: int) -> str:
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="{space}" w:color="{colour}"/>'


STYLES = (
    f'{_HEAD}<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>{_FONT}{_size(22)}'
    f'<w:lang w:val="{LANGUAGE}" w:eastAsia="{LANGUAGE}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
    '<w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
    "</w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
    '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    + _paragraph_style(
        "Title",
        "Title",
        f"<w:keepNext/>{_spacing(0, 80)}<w:contextualSpacing/>",
        f"<w:b/>{_size(40)}",
        rank=10,
    )
    + _paragraph_style("Subtitle", "Subtitle", _spacing(0, 240), f'<w:color w:val="{_GREY}"/>', rank=11)
    + _paragraph_style(
        "Heading1",
        "heading 1",
        f'<w:keepNext/><w:keepLines/>{_spacing(320, 100)}<w:outlineLvl w:val="0"/>',
        f"<w:b/>{_size(28)}",
        rank=9,
    )
    + _paragraph_style(
        "Heading2",
        "heading 2",
        f'<w:keepNext/><w:keepLines/>{_spacing(200, 80)}<w:outlineLvl w:val="1"/>',
        f"<w:b/>{_size(24)}",
        rank=9,
    )
    + _paragraph_style(
        "Quote",
        "Quote",
        f'<w:pBdr>{_edge("left", "BFBFBF", 12, 10)}</w:pBdr><w:ind w:left="340"/>',
        follows="Quote",
        rank=29,
    )
    + _paragraph_style(
        "NotVerified",
        "Not Verified",
        f'<w:pBdr>{_edge("left", _RED, 18, 10)}</w:pBdr><w:ind w:left="340"/>',
        rank=30,
    )
    + _paragraph_style("TableText", "Table Text", _spacing(40, 40), _size(19), follows="TableText", rank=31)
    + _paragraph_style("Marking", "Marking", f'{_spacing(0, 0)}<w:jc w:val="center"/>', "<w:b/>", rank=32)
    + _paragraph_style(
        "FootnoteText",
        "footnote text",
        '<w:spacing w:after="40" w:line="240" w:lineRule="auto"/>',
        _size(18),
        follows="FootnoteText",
        rank=99,
    )
    + '<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/>'
    '<w:uiPriority w:val="99"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Doubt"><w:name w:val="Doubt"/><w:uiPriority w:val="33"/>'
    f'<w:rPr><w:b/><w:color w:val="{_RED}"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:uiPriority w:val="22"/>'
    "<w:rPr><w:b/></w:rPr></w:style>"
    '<w:style w:type="character" w:styleId="Aside"><w:name w:val="Aside"/><w:uiPriority w:val="34"/>'
    f'<w:rPr><w:color w:val="{_GREY}"/></w:rPr></w:style>'
    '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
    '<w:uiPriority w:val="39"/><w:tblPr><w:tblBorders>'
    + "".join(
        _edge(side, "BFBFBF", 4, 0) for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + "</w:tblBorders></w:tblPr></w:style></w:styles>"
)

SETTINGS = (
    f'{_HEAD}<w:settings xmlns:w="{W}"><w:defaultTabStop w:val="720"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/>'
    '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
    ' w:val="15"/></w:compat>'
    f'<w:themeFontLang w:val="{LANGUAGE}"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
)

_ROOT_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{PACKAGE}/relationships/metadata/core-properties"'
    ' Target="docProps/core.xml"/></Relationships>'
)


def relation_id(part: str) -> str:
    """Return the id under which the document refers to a part in `word/`, named without `.xml`."""
    return f"r-{part}"


def pack(parts: Mapping[str, bytes]) -> bytes:
    """Put a Word file together.

    Args:
        parts: `document`, `footnotes`, and `header` and `footer` where there are any; and `core`, the properties.
    """
    word = [kind for kind in _KINDS if kind in parts or kind in {"styles", "settings"}]
    types = "".join(
        f'<Override PartName="/word/{kind}.xml" ContentType="{_WORD}.{_KINDS[kind]}+xml"/>' for kind in word
    )
    relations = "".join(
        f'<Relationship Id="{relation_id(kind)}" Type="{R}/{_KINDS[kind]}" Target="{kind}.xml"/>'
        for kind in word
    )
    files = {
        "[Content_Types].xml": (
            f'{_HEAD}<Types xmlns="{PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>{types}'
            '<Override PartName="/docProps/core.xml"'
            ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
        ).encode(),
        "_rels/.rels": _ROOT_RELATIONS.encode(),
        "word/document.xml": parts["document"],
        "word/_rels/document.xml.rels": (
            f'{_HEAD}<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>'
        ).encode(),
        "word/styles.xml": STYLES.encode(),
        "word/settings.xml": SETTINGS.encode(),
        **{f"word/{kind}.xml": parts[kind] for kind in ("footnotes", "header", "footer") if kind in parts},
        "docProps/core.xml": parts["core"],
    }
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, _DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0  # the same on every operating system
            archive.writestr(info, data)
    return written.getvalue()
