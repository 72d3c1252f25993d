"""A house style is a line with named fields; what is empty leaves no trace."""

import pytest

from assistant.house_style import DEFAULT, FIELDS, parse_style
from assistant.settings import load_settings
from vectorstore.errors import SettingsError

KNOWN = {
    "author": "Ann Example",
    "office": "Commissioner",
    "area": "Northshire",
    "addressee": "the Minister",
    "date": "2 September 2020",
    "page": "3",
    "paragraph": "4",
    "quote": "It was spent.",
}
END = "2 September 2020, p. 3, para 4: “It was spent.”"


def written(style: str, *without: str, **values: str) -> str:
    return parse_style(style).write({k: v for k, v in (KNOWN | values).items() if k not in without})


def test_the_default_has_all_that_a_footnote_needs() -> None:
    assert written(DEFAULT) == (
        "Ann Example, Commissioner, Northshire, letter to the Minister, 2 September 2020, p. 3, para 4:"
        " “It was spent.”"
    )


@pytest.mark.parametrize(
    ("style", "without", "expected"),
    [
        (DEFAULT, ("office", "area", "addressee"), f"Ann Example, {END}"),
        (DEFAULT, ("author",), f"Commissioner, Northshire, letter to the Minister, {END}"),
        (DEFAULT, ("author", "office", "area"), f"letter to the Minister, {END}"),
        ("{author}, p. {page}, para {paragraph}: “{quote}”", ("paragraph",), "Ann Example, p. 3: “It was spent.”"),
        ("{author} ({office}), {date}: {quote}", ("office",), "Ann Example, 2 September 2020: It was spent."),
        ("{author} [{office}] {quote} [{date}].", ("office", "date"), "Ann Example It was spent.."),
        ("“{quote}” ({author}, {date})", ("date",), "“It was spent.” (Ann Example)"),
        ("“{quote}” ({date})", ("date",), "“It was spent.”"),
        ('"{quote}" ({date}), p. {page}', ("date",), '"It was spent.", p. 3'),
        ("({author}, “{quote}”, {date})", ("date",), "(Ann Example, “It was spent.”)"),
        ("See {author}: {quote}", (), "See Ann Example: It was spent."),
        ("{{{quote}}}", (), "{It was spent.}"),
    ],
)  # fmt: skip
def test_an_empty_field_goes_with_its_punctuation(
    style: str, without: tuple[str, ...], expected: str
) -> None:
    assert written(style, *without) == expected


def test_values_are_not_read_as_fields() -> None:
    assert written("{author}: {quote}", author="{quote}", quote="{author} %s {}") == "{quote}: {author} %s {}"


@pytest.mark.parametrize(
    ("style", "says"),
    [
        ("{autor}: {quote}", "unknown field '{autor}'"),
        ("{quote.__class__}", "unknown field '{quote.__class__}'"),
        ("{quote!r}", "unknown field '{quote!r}'"),
        ("{quote:>9}", "unknown field '{quote:>9}'"),
        ("{} {quote}", "unknown field '{}'"),
        ("{author", "expected '}'"),
        ("{author}}: {quote}", "Single '}'"),
        ("{author}, {date}", "put {quote} into it"),
        ("{author}\n{quote}", "on one line"),
        ("{quote}\x07", "on one line"),
    ],
)
def test_a_style_that_cannot_be_used_is_one_clear_error(
    style: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LETTERS_CITATION_STYLE", style)
    with pytest.raises(SettingsError) as raised:
        load_settings()
    message = str(raised.value)
    assert message.startswith("The setting LETTERS_CITATION_STYLE ")
    assert says in message
    assert "\n" not in message


def test_an_unknown_field_is_told_with_those_there_are() -> None:
    with pytest.raises(SettingsError, match=", ".join(FIELDS)):
        parse_style("{where} {quote}")
