"""The complete pass: every letter in scope has its finding, whether it says it or not."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant import coverage
from assistant.coverage import Finding, alternatives, other_words, read_all
from assistant.lexicon import find_mentions, find_names
from assistant.rank import Ranker
from tests.corpora import made, of_other_kinds
from tests.sentences_ranked import Meanings
from tests.turns import understood
from vectorstore.embed import TokenStates
from vectorstore.letter import Letter, Passage
from vectorstore.search import Search
from vectorstore.split import split_letter
from vectorstore.store import Store


def stored(folder: Path, letters: Sequence[Letter]) -> Store:
    store = Store(folder, create=True)
    with store.writing():
        for letter in letters:
            store.put_letter(letter, split_letter(letter), bytes_sha256=letter.id)
    return store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return stored(tmp_path_factory.mktemp("coverage"), of_other_kinds())


def findings(
    asked: str, store: Store, letters: Sequence[Letter] | None = None, ranker: Ranker | None = None
) -> list[Finding]:
    letters = of_other_kinds() if letters is None else letters
    question = understood(asked, letters=letters)
    assert question.kind == "list"
    mentions = find_mentions(question.standalone, find_names(letters))
    return read_all(question, mentions, letters, Search(store, None, None), ranker or Ranker(None)).findings


def said_by(asked: str, folder: Path, *paragraphs: str, ranker: Ranker | None = None) -> list[bool]:
    """Ask it of letters with a paragraph each; return which of them say it."""
    letters = [made(paragraph, source=f"{at}.txt") for at, paragraph in enumerate(paragraphs)]
    return [bool(f.sentences) for f in findings(asked, stored(folder, letters), letters, ranker)]


def saying(asked: str, store: Store) -> set[str]:
    return {f.letter.source.removesuffix(".txt") for f in findings(asked, store) if f.sentences}


@pytest.mark.parametrize(
    ("asked", "letters"),
    [
        (
            "Which letters mention the pandemic?",
            {"fire_authority_inspectorate", "prison_inspectorate_governor"},
        ),
        ("Which letters mention a bonus?", {"water_regulator_2019", "water_regulator_2021"}),
        ("Who mentions bullying?", {"school_trust"}),
        ("Which letters mention bullying or cladding?", {"school_trust", "fire_authority_inspectorate"}),
        ("Which letters mention Grenfell Tower?", {"fire_authority_inspectorate"}),
        ("Which letters mention midwives?", {"nhs_trust_cqc"}),
        ("Which letters mention acoustic loggers?", {"water_regulator_2019", "water_regulator_2021"}),
        ("Which letters do not mention a bonus?", {"water_regulator_2019", "water_regulator_2021"}),
        ("Do any of the letters mention modern slavery?", set()),
        ("Which letters mention the THRIVE model?", set()),
        ("Which letters mention data protection?", set()),
        ("Which letters mention a password?", {"charity_data_regulator"}),
    ],
)
def test_the_letters_that_say_it_are_found(asked: str, letters: set[str], store: Store) -> None:
    assert saying(asked, store) == letters


def test_every_letter_has_a_finding_in_the_order_given(store: Store) -> None:
    found = findings("Which letters mention lighthouses?", store)
    assert [f.letter.id for f in found] == [letter.id for letter in of_other_kinds()]
    assert not any(f.sentences for f in found)


def test_a_finding_holds_sentences_of_its_letter_best_first_and_none_twice(store: Store) -> None:
    for finding in findings("Which letters mention leakage?", store):
        text = finding.letter.text
        assert all(text[c.start : c.end] == c.text for c in finding.sentences)
        assert len({(c.start, c.end) for c in finding.sentences}) == len(finding.sentences) <= 3


def test_page_furniture_and_addresses_say_nothing(tmp_path: Path) -> None:
    letter = made("We reply to your letter about schools.", to="Ms Lighthouse Keeper")
    store = stored(tmp_path / "store", [letter])
    assert not findings("Which letters mention a lighthouse?", store, [letter])[0].sentences


def test_a_question_that_looks_for_nothing_finds_nothing(store: Store) -> None:
    assert not any(f.sentences for f in findings("Which letters mention it?", store))


def test_no_letters_have_no_findings(store: Store) -> None:
    assert findings("Which letters mention a bonus?", store, []) == []


def test_among_many_letters_the_same_ones_say_it(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = "Which letters mention leakage or bullying?"
    few = findings(asked, store)
    monkeypatch.setattr("assistant.coverage.COMPARED", 0)
    assert [bool(f.sentences) for f in findings(asked, store)] == [bool(f.sentences) for f in few]
    assert any(f.sentences for f in few)


# Other words for it


@pytest.mark.parametrize(
    ("asked", "paragraph"),
    [
        ("Which letters mention an apology?", "The school apologises to the parents of Year 4."),
        (
            "Do any of the letters mention a decision on parking?",
            "We decided in May about parking at the hospital.",
        ),
        ("Which letters talk about closure?", "The library closed in June."),
        ("Which letters mention complaints?", "Two tenants complained of the noise."),
        ("Which letters mention buying sandbags?", "Sandbags were bought after the flood."),
        (
            "Which letters mention an analysis of the samples?",
            "The laboratory analysed the samples of water.",
        ),
    ],
)
def test_a_word_of_the_same_family_says_it(asked: str, paragraph: str, tmp_path: Path) -> None:
    assert said_by(asked, tmp_path / "store", paragraph, "The bins were emptied on Tuesday.") == [True, False]


def test_a_synonym_says_it_where_it_means_the_same(tmp_path: Path) -> None:
    asked = "Which letters mention mistakes?"
    said = ("The school owns up to the fault.", "The geologist followed a fault of the valley.")
    same = Ranker(Meanings({"mistakes": 0, "fault": 0}))
    assert said_by(asked, tmp_path / "one", *said, ranker=same) == [True, True]
    another = Ranker(Meanings({"mistakes": 0, "fault": 1}))
    assert said_by(asked, tmp_path / "two", *said, ranker=another) == [False, False]


def test_without_a_model_only_a_synonym_of_one_meaning_is_taken_for_the_word(tmp_path: Path) -> None:
    assert said_by("Which letters mention mistakes?", tmp_path / "one", "The fault was ours.") == [False]
    assert said_by(
        "Which letters mention doctors?",
        tmp_path / "two",
        "A physician of the hospital saw her within the hour.",
    ) == [True]


def test_synonyms_that_too_many_passages_hold_are_not_tried_nor_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.coverage.WEIGHED", 1)
    letters = [made("We use the car park.", "They use the hall.", "An automobile stood there.")]
    store = stored(tmp_path / "store", letters)
    asked = understood("Which letters mention employing cars?", letters=letters)
    tried = other_words(alternatives(asked, (), store), loose=True)
    assert "automobile" in tried
    assert "use" not in tried


def test_a_name_has_no_other_words(tmp_path: Path) -> None:
    said = ("The Closing Fund paid for it.", "The fund was closed.", "Their decisive fund paid.")
    assert said_by("Which letters mention the Closure Fund?", tmp_path / "store", *said) == [False] * 3


def test_what_the_matter_is_part_of_is_not_demanded(tmp_path: Path) -> None:
    asked = "Which letters discuss acoustic loggers as part of maintaining the underground network of pipes?"
    said = ("Acoustic loggers were fitted in Cotter Lane.", "The underground network of pipes is maintained.")
    assert said_by(asked, tmp_path / "store", *said) == [True, False]


def test_of_parts_said_in_other_words_no_more_passages_are_looked_at_than_can_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a pass over thousands of letters would compare each sentence that decides something."""
    said = ("The panel decided on staffing.", "They decide on Mondays.", "A decision on parking was made.")
    looked: list[int] = []
    ranker = Ranker(Meanings({}))
    letters = [made(paragraph, source=f"{at}.txt") for at, paragraph in enumerate(said)]
    store = stored(tmp_path / "store", letters)
    asked = "Which letters mention a decision on parking?"
    numbered = store.numbered_passages

    def watched(numbers: Sequence[int]) -> list[Passage]:
        looked.append(len(numbers))
        return numbered(numbers)

    monkeypatch.setattr(store, "numbered_passages", watched)
    findings(asked, store, letters, ranker)
    monkeypatch.setattr("assistant.coverage.WEIGHED", 0)
    assert [bool(f.sentences) for f in findings(asked, store, letters, ranker)] == [False, False, True]
    assert looked == [3, 1]


class Counting(Meanings):
    """Counts the sentences that it is shown."""

    shown = 0

    def token_states(self, texts: Sequence[str]) -> list[TokenStates]:
        self.shown += len(texts)
        return super().token_states(texts)


def test_a_part_of_the_words_in_very_many_letters_is_compared_in_the_nearest_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(coverage, "COMPARED_PARTS", 6)
    letters = [
        *(made(f"Our nurses had tea with visitor {at}.", source=f"tea{at}.txt") for at in range(40)),
        *(made(f"There was a lack of nurses on ward {at}.", source=f"lack{at}.txt") for at in range(3)),
        made("The shortage of nurses goes on.", source="shortage.txt"),
    ]
    search = Search(stored(tmp_path, letters), None, None)
    asked = "Which letters mention a shortage of nurses?"
    model = Counting({"shortage": 1, "lack": 1})
    read = read_all(understood(asked, letters=letters), (), letters, search, Ranker(model))
    saying = {f.letter.source for f in read.findings if f.sentences}
    assert len(read.findings) == len(letters)
    assert read.nearest == 6
    assert "shortage.txt" in saying
    assert not any(name.startswith("tea") for name in saying)
    assert model.shown < 20
    monkeypatch.setattr(coverage, "COMPARED_PARTS", 60)
    read = read_all(understood(asked, letters=letters), (), letters, search, Ranker(model))
    assert read.nearest == 0
    assert {f.letter.source for f in read.findings if f.sentences} == {
        "shortage.txt",
        "lack0.txt",
        "lack1.txt",
        "lack2.txt",
    }


@pytest.mark.parametrize(
    ("asked", "paragraph", "other"),
    [
        (
            "Which letters apologise?",
            "We apologise for the delay to your gas supply.",
            "The boiler was mended.",
        ),
        ("Did anybody complain?", "Tenants complained of the damp.", "The roof was renewed in May."),
        ("Did anyone resign?", "Two governors resigned in June.", "The governors met in June."),
        ("Which letters thank Ofgas?", "We thank Ofgas for its patience.", "Ofgas set the new price cap."),
        (
            "Which letters welcome the report?",
            "We welcome the report.",
            "Visitors are welcome in the garden.",
        ),
        ("Who supports the report?", "I support your report in full.", "The wall is supported by beams."),
        ("Which letters mention Northmere?", "Trains to Northmere are late.", "Trains to Eastholm are late."),
    ],
)
def test_what_those_asked_for_are_to_do_must_stand_in_the_sentence(
    asked: str, paragraph: str, other: str, tmp_path: Path
) -> None:
    assert said_by(asked, tmp_path, other, paragraph) == [False, True]


@pytest.mark.parametrize("verb", ["raise", "highlight", "cover", "contain"])
def test_a_verb_that_only_says_that_it_stands_there_is_not_looked_for(verb: str, tmp_path: Path) -> None:
    assert said_by(
        f"Which letters {verb} the rent arrears?", tmp_path, "Rent arrears fell by a third last year."
    ) == [True]


def test_a_word_of_the_same_family_counts_where_it_means_the_same(tmp_path: Path) -> None:
    asked = "Which letters mention payment?"
    said = ("The gardener was paid in May.", "The hedge pays for looking at.")
    ranker = Ranker(Meanings({"payment": 0, "paid": 0}))
    assert said_by(asked, tmp_path / "store", *said, ranker=ranker) == [True, False]


def test_of_two_words_side_by_side_the_rarer_alone_does_not_say_it(tmp_path: Path) -> None:
    said = ("The tide power of the bay is free.", "The tide was low.", "Power from the tide is free.")
    assert said_by("Which letters mention tide power?", tmp_path, *said) == [True, False, True]


def test_a_plural_that_no_stemmer_knows_is_the_same_word(tmp_path: Path) -> None:
    said = ("The last bus leaves at nine.", "Buses leave at nine.", "The abuse must stop.")
    assert said_by("Which letters mention buses?", tmp_path / "a", *said) == [True, True, False]
    assert said_by("Which letters mention a bus?", tmp_path / "b", *said) == [True, True, False]
