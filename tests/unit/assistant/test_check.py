"""A draft held against letters: every verdict, and drafts as bad as people write them."""

from dataclasses import replace

import pytest

from assistant.check import Checker, summary
from assistant.cite import Numbering, make_citation
from assistant.finding import Finding, by_trouble
from assistant.link import link_of
from tests.corpora import made
from vectorstore.letter import Letter, PageRead

WALL = "The harbour board spent £31 million on the new sea wall, and did not borrow for it."
QUAY = "Eight of our twelve cranes were out of service for 14 days in August 2020."
SCHOOL = "Attendance at our nine schools rose to 94 per cent once the breakfast clubs had opened."
FERRY = "The night ferry will not sail again until the harbour master has signed it off."
SEAL = "The seals on the north bank are counted twice a year by volunteers from the college."


@pytest.fixture(scope="module")
def letters() -> list[Letter]:
    return [
        made(f"{WALL} {QUAY}", "We thank the inspectors for an 'outstanding' report.", author="Ann Birkett",
             area="Harbourside", date="3 May 2021", source="wall.txt"),
        made(SCHOOL, "We agree with the first of the recommendations, though not at once, and will act in the spring.",
             author="Cora Dunmore", area="Elmshire", date="9 June 2020", source="school.txt"),
        made(FERRY, author="Ann Birkett", area="Harbourside", date="12 January 2018", source="ferry.txt"),
        replace(
            made(SEAL, author="Ella Quill", area="Northbank", date="1 July 2022", source="seal.txt"),
            reads=(PageRead("text"), PageRead("unreadable", None, "the picture is blank")),
        ),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def checker(letters: list[Letter]) -> Checker:
    return Checker(letters)


def only(checker: Checker, draft: str, kind: str = "quote") -> Finding:
    (found,) = [finding for finding in checker.check(draft) if finding.kind == kind]
    return found


# Quotations


@pytest.mark.parametrize(
    "draft",
    [
        f"Ann Birkett wrote: “{WALL}”",
        f"“{WALL}” (Birkett, 3 May 2021).",
        "Birkett says the board “did not borrow for it,” and means it.",
        f'Harbourside\'s letter: "{WALL[:-1]}".',
        f"Nobody is named here: «{WALL}»",
        "According to Ann Birkett, ‘we thank the inspectors for an “outstanding” report’.",
        f"Birkett wrote:\n\n> {WALL}\n> {QUAY}\n",
        f"> {WALL}\n> — Ann Birkett, 3 May 2021",
        f"See wall.txt: “{WALL}”",
        f"She wrote “{WALL}”[^1]\n\n[^1]: Birkett to Sample, 3 May 2021.",
    ],
)
def test_words_that_stand_in_the_named_letter_are_verified_with_their_place(
    checker: Checker, draft: str
) -> None:
    found = only(checker, draft)
    assert (found.verdict, found.difference) == ("verified", "")
    assert found.citation is not None
    assert found.citation.source == "wall.txt"
    assert (
        found.citation.exact.rstrip(".")
        in f"{WALL} {QUAY} We thank the inspectors for an 'outstanding' report."
    )


@pytest.mark.parametrize(
    ("true", "put", "marked"),
    [
        ("£31", "£13", "[-£31-]{+£13+}"),
        ("did not borrow", "did borrow", "[-not-]"),
        ("sea wall", "town hall", "[-sea wall-]{+town hall+}"),
        ("spent", "gladly spent", "{+gladly+}"),
    ],
)
def test_one_changed_word_is_altered_and_marked(checker: Checker, true: str, put: str, marked: str) -> None:
    found = only(checker, f"Birkett wrote: “{WALL.replace(true, put)}”")
    assert found.verdict == "altered"
    assert marked in found.difference
    assert found.citation is not None
    assert found.citation.source == "wall.txt"


@pytest.mark.parametrize(
    "draft",
    [
        f"Cora Dunmore wrote: “{WALL}”",
        f"“{WALL}” (Dunmore, 9 June 2020).",
        f"“{WALL}”, said Dunmore.",
        f"Elmshire's reply was clear. It said: “{WALL}”",
        f"Dunmore is clear. On the wall, she says, “{WALL[:-1]}”.",
        f"# Elmshire\n\nThe board is firm: “{WALL}”",
        f"Elmshire says:\n\n- “{WALL}”",
        f"Sadiq Example wrote: “{WALL}”",
        f"“{WALL}” (Example, 4 March 2021).",
        f"> {WALL}\n> — Cora Dunmore",
        f"Birkett wrote: “{WALL}” (Birkett, 12 January 2018).",
    ],
)
def test_words_of_another_than_is_named_are_misattributed_and_it_is_said_whose(
    checker: Checker, draft: str
) -> None:
    found = only(checker, draft)
    assert found.verdict == "misattributed"
    assert "Ann Birkett" in found.note
    assert "3 May 2021" in found.note


def test_each_of_two_quotations_in_a_sentence_has_its_own_author(checker: Checker) -> None:
    draft = f"While Birkett says “{SCHOOL[:-1]}”, Dunmore says “{WALL[:-1]}” and “{SCHOOL[:-1]}”."
    assert [f.verdict for f in checker.check(draft) if f.kind == "quote"] == [
        "misattributed", "misattributed", "verified",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("draft", "verdict"),
    [
        ("Cora Dunmore, unlike Ann Birkett, says “{}”.", "misattributed"),
        ("Ann Birkett, unlike Cora Dunmore, says “{}”.", "verified"),
        ("Unlike Ann Birkett, Cora Dunmore says “{}”.", "misattributed"),
        ("Unlike Cora Dunmore, Ann Birkett says “{}”.", "verified"),
        ("It was Dunmore, not Birkett, who wrote “{}”.", "misattributed"),
        ("In contrast to the letters of Quill and Birkett, Dunmore's says “{}”.", "misattributed"),
        ("Dunmore, as opposed to Birkett: “{}”.", "misattributed"),
        ("Dunmore, unlike Sadiq Example, wrote “{}”.", "misattributed"),
        ("Birkett, unlike Sadiq Example, wrote “{}”.", "verified"),
        ("Dunmore told Birkett: “{}”.", "misattributed"),
        ("Dunmore, who succeeded Birkett, says “{}”.", "misattributed"),
        ("Dunmore and Birkett both say so; the first wrote “{}”.", "verified"),
        ("“{}”, wrote Dunmore, unlike Birkett.", "misattributed"),
        ("“{}”, wrote Birkett to Dunmore.", "verified"),
        ("In reply to Dunmore, Birkett writes “{}”.", "verified"),
        ("Birkett, writing to Dunmore in 2021, said “{}”.", "verified"),
        ("Dunmore was told by Birkett that “{}”.", "verified"),
        ("Birkett was told by Dunmore that “{}”.", "misattributed"),
        ("Dunmore says schools do well; Birkett, that “{}”.", "verified"),
        ("Neither Dunmore nor Quill says so, but Birkett does: “{}”.", "verified"),
    ],
)
def test_who_governs_the_verb_of_saying_is_credited_and_not_who_is_set_apart(
    checker: Checker, draft: str, verdict: str
) -> None:
    found = only(checker, draft.format(WALL[:-1]))
    assert found.verdict == verdict, found


@pytest.mark.parametrize(
    ("draft", "verdict"),
    [
        ("Cora Dunmore is content.\n\n> {}\n", "verified"),
        ("# Cora Dunmore\n\nThe letter is firm.\n\n> {}\n", "verified"),
        ("Cora Dunmore wrote:\n\n> {}\n", "misattributed"),
        ("As Cora Dunmore puts it,\n\n> {}\n", "misattributed"),
        ("Ann Birkett is content.\n\n> {}\n> — Cora Dunmore\n", "misattributed"),
    ],
)
def test_a_block_quote_is_credited_by_its_own_lead_in_or_the_line_under_it(
    checker: Checker, draft: str, verdict: str
) -> None:
    assert only(checker, draft.format(WALL)).verdict == verdict


def test_the_place_in_an_office_names_a_letter_as_well() -> None:
    letter = made("The force paid £3.2 million for new radios.", author="Tess Varley",
                  office="Police and Crime Commissioner for Selwood", area="", source="v.txt")  # fmt: skip
    other = made(SCHOOL, author="Cora Dunmore", area="Elmshire", source="o.txt")
    third = made(FERRY, author="Ann Birkett", area="Harbourside", source="t.txt")
    letter = replace(letter, card=replace(letter.card, area=None))
    found = only(Checker([letter, other, third]), "Selwood paid £5.2 million for new radios.", "figure")
    assert (found.verdict, found.difference) == ("altered", "[-£3.2 million-]{+£5.2 million+}")


def test_an_invented_quotation_is_not_found(checker: Checker) -> None:
    found = only(checker, "Birkett wrote: “We will hire three hundred call handlers before the winter.”")
    assert (found.verdict, found.citation, found.loud) == ("not_found", None, True)


@pytest.mark.parametrize("words", ["soft launch", "so-called", "best in class"])
def test_scare_quotes_are_not_found_quietly(checker: Checker, words: str) -> None:
    found = only(checker, f"Dunmore calls it a ‘{words}’ of a scheme.")
    assert (found.verdict, found.loud) == ("not_found", False)


@pytest.mark.parametrize(
    ("draft", "difference"),
    [
        ("Birkett wrote “£13 million” of it.", "[-£31-]{+£13+} million"),
        ("It was “nine schools” (Birkett, 3 May 2021).", ""),
        ("The towns have “seven schools” (Dunmore, 9 June 2020).", "[-nine-]{+seven+} schools"),
        ("They say “our three schools”.", "our [-nine-]{+three+} schools"),
        ("Dunmore wrote: “breakfast rooms opened”.", ""),
    ],
)
def test_a_short_quotation_with_a_figure_or_a_credit_is_no_way_of_speaking(
    checker: Checker, draft: str, difference: str
) -> None:
    found = only(checker, draft)
    assert (found.difference, found.loud) == (difference, True), found
    assert found.verdict == ("altered" if difference else "misattributed" if "nine" in draft else "not_found")


def test_what_is_left_out_joins_nothing_and_the_parts_must_be_one_letters_in_order(checker: Checker) -> None:
    found = only(checker, "Dunmore: “Attendance … rose to 94 per cent once the breakfast clubs had opened.”")
    assert found.verdict == "altered"  # a figure is left out: nine schools
    found = only(
        checker, "Dunmore: “We agree with the first … though not at once, and will act in the spring.”"
    )
    assert found.verdict == "verified"
    assert "Left out of it: “of the recommendations,”" in found.note
    turned = only(checker, "Dunmore: “once the breakfast clubs had opened … Attendance at our nine schools”")
    assert (turned.verdict, "not in this order" in turned.note) == ("altered", True)
    stitched = only(checker, "Somebody: “The harbour board spent … once the breakfast clubs had opened.”")
    assert (stitched.verdict, "No one letter" in stitched.note) == ("altered", True)
    half = only(
        checker, "Dunmore: “Attendance at our nine schools … doubled in a single glorious autumn term”"
    )
    assert (half.verdict, "part 2" in half.note) == ("not_found", True)


@pytest.mark.parametrize(
    ("draft", "marked"),
    [
        (
            "Birkett: “The harbour board spent £31 million on the new sea wall, and did … borrow for it.”",
            "[-not-]",
        ),
        ("Birkett: “on the new sea wall, and did [now] borrow for it.”", "[-not-]{+now+}"),
        ("Birkett: “The night ferry will … sail again”", "[-not-]"),
        ("Birkett: “[The ferry will] sail again until the harbour master has signed it off.”", "not"),
        ("Birkett: “The harbour board [never] spent £31 million”", "{+never+}"),
        ("Birkett: “The harbour board spent … on the new sea wall”", "[-£31 million-]"),
        (
            "Birkett: “The harbour board spent [£13 million] on the new sea wall”",
            "[-£31-]{+£13+} million",
        ),
        ("Dunmore: “Attendance at our nine schools [in Northbank] rose to 94 per cent”", "{+in Northbank+}"),
        ("Dunmore: “[Ella Quill says that] attendance at our nine schools rose to 94 per cent”", "Quill"),
    ],
)
def test_leaving_out_or_putting_in_a_denial_a_figure_or_a_name_alters(
    checker: Checker, draft: str, marked: str
) -> None:
    found = only(checker, draft)
    assert (found.verdict, found.loud, marked in found.difference) == ("altered", True, True), found


@pytest.mark.parametrize(
    "draft",
    [
        "Birkett: “[The board] did not borrow for it.”",
        "Birkett: “The harbour board [under Ann Birkett] spent £31 million on the new sea wall”",
        "Birkett: “The harbour board [has] spent £31 million on the new sea wall”",
        "Birkett: “[t]he harbour board spent £31 million … and did not borrow for it.”",
        "Birkett: “did not borrow for it. … We thank the inspectors”",
        "Birkett: “The night ferry will not sail … until the harbour master has signed it off.”",
    ],
)
def test_leaving_out_or_putting_in_harmless_words_does_not(checker: Checker, draft: str) -> None:
    assert only(checker, draft).verdict == "verified"


def test_a_denial_around_what_was_cropped_is_pointed_at(checker: Checker) -> None:
    cropped = only(checker, "Birkett: “borrow for it” is the plan.")
    assert "did not borrow for it" in cropped.note
    assert cropped.loud


def test_brackets_are_the_drafters_and_said_to_be(checker: Checker) -> None:
    found = only(checker, "Birkett: “[The board] did not borrow for it.”")
    assert (found.verdict, "brackets" in found.note) == ("verified", True)


def test_a_quotation_over_paragraphs_is_one(checker: Checker, letters: list[Letter]) -> None:
    found = only(checker, f"Birkett wrote: “{QUAY}\n\n“We thank the inspectors for an ‘outstanding’ report.”")
    assert found.verdict == "verified"
    assert found.citation is not None
    assert found.citation.source == "wall.txt"


def test_a_mark_that_never_closes_is_checked_as_far_as_it_holds_and_said(checker: Checker) -> None:
    found = only(checker, f"Birkett wrote: “{WALL} The town is pleased with that and so are we.")
    assert (found.verdict, "never closed" in found.note) == ("verified", True)
    assert found.citation is not None
    assert found.citation.exact == WALL


def test_a_letter_with_unreadable_pages_cannot_be_checked_unless_the_words_are_on_the_others(
    checker: Checker,
) -> None:
    found = only(checker, "Ella Quill wrote: “We will hire three hundred call handlers before the winter.”")
    assert (found.verdict, "1 of the 2 pages of seal.txt" in found.note) == ("cannot_check", True)
    assert only(checker, f"Ella Quill wrote: “{SEAL}”").verdict == "verified"
    assert only(checker, f"Ella Quill wrote: “{WALL}”").verdict == "cannot_check"
    assert only(checker, f"Ella Quill wrote: “{SEAL.replace('twice', 'thrice')}”").verdict == "altered"


# Links


def link_to(letter: Letter, words: str) -> str:
    start = letter.text.index(words)
    return f"http://h/?{link_of(make_citation(letter, start, start + len(words), Numbering()))}"


def test_a_link_to_the_quoted_words_says_whose_they_are(checker: Checker, letters: list[Letter]) -> None:
    owner = next(letter for letter in letters if WALL in letter.text)
    found = only(checker, f"They wrote “{WALL}” [[1]]({link_to(owner, WALL)}).")
    assert (
        found.verdict,
        found.citation and found.citation.letter_id,
        "points at other words" in found.note,
    ) == (
        "verified",
        owner.id,
        False,
    )


def test_a_link_says_which_letter_is_meant(checker: Checker, letters: list[Letter]) -> None:
    other = next(letter for letter in letters if SCHOOL in letter.text)
    found = only(checker, f"They wrote “{WALL}” [[1]]({link_to(other, SCHOOL)}).")
    assert found.verdict == "misattributed"


def test_a_link_that_was_tampered_with_is_told(checker: Checker, letters: list[Letter]) -> None:
    owner = next(letter for letter in letters if WALL in letter.text)
    fine = link_to(owner, WALL)
    for link in (
        fine.replace("at=", "at=1"),
        fine[:-4],
        fine.replace("words=", "words=x"),
        f"http://h/?letter={owner.id}",
    ):
        found = only(checker, f"They wrote “{WALL}” [[1]]({link}).")
        assert (found.verdict, "points at other words" in found.note) == ("verified", True), link


def test_a_link_to_other_words_is_told(checker: Checker, letters: list[Letter]) -> None:
    owner = next(letter for letter in letters if WALL in letter.text and QUAY in letter.text)
    found = only(checker, f"They wrote “{WALL}” [[1]]({link_to(owner, QUAY)}).")
    assert (found.verdict, "points at other words" in found.note) == ("verified", True)


def test_a_letter_that_was_deleted_since_is_told(checker: Checker) -> None:
    gone = "http://h/?letter=0123456789abcdef&start=1&end=9"
    lost = only(
        checker, f"They wrote “We will hire three hundred call handlers before the winter.” [[1]]({gone})"
    )
    assert (lost.verdict, "not in the store" in lost.note) == ("cannot_check", True)
    elsewhere = only(checker, f"They wrote “{WALL}” [[1]]({gone})")
    assert (elsewhere.verdict, "not in the store" in elsewhere.note) == ("verified", True)


# Figures


@pytest.mark.parametrize(
    ("draft", "verdict", "difference"),
    [
        ("Birkett says the board spent £31 million on the wall.", "verified", ""),
        ("Birkett says the board spent £31m on the wall.", "verified", ""),
        ("Birkett says the harbour board spent £13 million on the new sea wall.", "altered",
         "[-£31 million-]{+£13 million+}"),
        ("Birkett says 8 cranes were out of service.", "verified", ""),
        ("Birkett says nine cranes were out of service in August.", "altered", "[-Eight-]{+nine+}"),
        ("Birkett says cranes were out of service for 41 days.", "altered", "[-14 days-]{+41 days+}"),
        ("Elmshire's attendance rose to 94%.", "verified", ""),
        ("Elmshire's attendance rose to 49 per cent once breakfast clubs opened.", "altered",
         "[-94 per cent-]{+49 per cent+}"),
        ("Birkett says 700 ducks live there.", "not_found", ""),
        ("Dunmore says the harbour board spent £31 million on the new sea wall.", "misattributed", ""),
        ("Quill says 700 ducks live there.", "cannot_check", ""),
    ],
)  # fmt: skip
def test_a_figure_is_looked_up_in_the_letter_that_is_named(
    checker: Checker, draft: str, verdict: str, difference: str
) -> None:
    found = only(checker, draft, "figure")
    assert (found.verdict, found.difference) == (verdict, difference)
    assert found.context == draft


CALLS = "The control room answered 478,000 calls during 2019/20, and a third of them came from the coast."
TREES = "Over the winter the council lost 300 trees to the storms and planted 1,200 trees along the canal."
DIAL = "Each 999 caller is told so, and 999 calls are answered first. A 999 call is never put off. 101 staff left."


@pytest.fixture(scope="module")
def other_checker() -> Checker:
    return Checker([
        made(CALLS, "In 2017/18 a strategy was written, of which this letter says nothing more.", author="Wim Okafor",
             area="Coastshire", date="3 May 2021", source="calls.txt"),
        made(TREES, author="Jo Merrow", area="Canalside", date="9 June 2020", source="trees.txt"),
        made(DIAL, author="Una Frost", area="Fellside", date="2 July 2020", source="dial.txt"),
    ])  # fmt: skip


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        ("Okafor says the control room answered 478,000 calls during 2017/18.",
         [("478,000", "verified", ""), ("2017/18", "altered", "[-2019/20-]{+2017/18+}")]),
        ("Okafor says the control room answered 478,000 calls during 2019-20.",
         [("478,000", "verified", ""), ("2019-20", "verified", "")]),
        ("Okafor says the control room answered 478,000 calls, half of them from the coast.",
         [("478,000", "verified", ""), ("half", "altered", "[-a third-]{+half+}")]),
        ("Okafor says a third of the calls came from the coast.", [("a third", "verified", "")]),
        ("In his letter of 3 May 2021 Okafor names 478,000 calls.",
         [("3 May 2021", "verified", ""), ("478,000", "verified", "")]),
        ("In his letter of 3 May 2023 Okafor names 478,000 calls.",
         [("3 May 2023", "altered", "[-3 May 2021-]{+3 May 2023+}"), ("478,000", "verified", "")]),
        ("Okafor's reply of May 2021 names 478,000 calls.",
         [("May 2021", "verified", ""), ("478,000", "verified", "")]),
        ("In reply to the board's letter of 3 May 2023 Okafor names 478,000 calls.", [("478,000", "verified", "")]),
        ("In 2021 Okafor named 478,000 calls.", [("2021", "verified", ""), ("478,000", "verified", "")]),
    ],
)  # fmt: skip
def test_years_periods_shares_and_the_letters_own_date_are_figures(
    other_checker: Checker, draft: str, expected: list[tuple[str, str, str]]
) -> None:
    assert [(f.quote, f.verdict, f.difference) for f in other_checker.check(draft)] == expected


@pytest.mark.parametrize(
    ("draft", "verdicts"),
    [
        ("Merrow says the council lost 1,200 trees and planted 300.", ["altered", "altered"]),
        ("Merrow says the council planted 300 trees and lost 1,200 to the storms.", ["altered", "altered"]),
        ("Merrow says the council lost 300 trees and planted 1,200.", ["verified", "verified"]),
        ("Merrow says the council planted 1,200 trees, having lost 300.", ["verified", "verified"]),
        ("Merrow says 300 trees were lost and 1,200 were planted.", ["verified", "verified"]),
        ("Merrow says there were 1,200 new trees and 300 gone.", ["verified", "verified"]),
    ],
)
def test_figures_that_changed_places_are_altered_where_that_is_clear(
    other_checker: Checker, draft: str, verdicts: list[str]
) -> None:
    assert [f.verdict for f in other_checker.check(draft)] == verdicts


def test_a_number_that_only_names_a_service_is_no_figure_but_one_that_counts_is(
    other_checker: Checker,
) -> None:
    assert other_checker.check("Okafor answers 999 calls well.") == []
    assert [f.quote for f in other_checker.check("Okafor has 999 horses and 101 staff.")] == ["999", "101"]


def test_the_same_number_of_another_thing_verifies_nothing(checker: Checker) -> None:
    found = only(checker, "Birkett says 14 ducks live on the pond.", "figure")
    assert found.verdict == "not_found"


def test_a_figure_for_which_no_letter_is_named_is_not_found_quietly(checker: Checker) -> None:
    found = only(checker, "About 17 per cent of dogs bark at night.", "figure")
    assert (found.verdict, found.loud) == ("not_found", False)


def test_figures_within_quotations_and_of_places_are_not_checked_again(checker: Checker) -> None:
    draft = f"1. Birkett wrote (page 4, section 55): “{WALL}” (Birkett, 3 May 2021, para 2)."
    assert [finding.kind for finding in checker.check(draft)] == ["quote"]


# Whole drafts


def test_a_draft_without_quotations_or_figures_has_no_findings(checker: Checker) -> None:
    assert checker.check("") == []
    assert checker.check("We thank everybody for coming.") == []
    assert summary([]) == "No quotation and no figure was found in the draft."


def test_findings_stand_where_the_draft_has_them_and_trouble_comes_first(checker: Checker) -> None:
    draft = f"Birkett: “{WALL}” and “{WALL.replace('31', '13')}” and a ‘soft launch’. Dunmore: “{QUAY}”"
    found = checker.check(draft)
    assert [draft[finding.start : finding.end] for finding in found] == [finding.quote for finding in found]
    assert [finding.verdict for finding in by_trouble(found)] == [
        "altered",
        "misattributed",
        "not_found",
        "verified",
    ]
    assert summary(found) == "4 quotations: 1 altered, 1 misattributed, 1 not found, 1 verified."


def test_what_no_letter_is_named_for_is_counted_apart_and_stands_before_what_is_verified(
    checker: Checker,
) -> None:
    draft = f"Birkett: “{WALL}”\n\nAbout 17 per cent of dogs bark. Birkett says 700 ducks live there."
    found = checker.check(draft)
    assert summary(found) == "1 quotation and 2 figures: 1 not found, 1 not checked, 1 verified."
    assert [(each.verdict, each.is_unchecked) for each in by_trouble(found)] == [
        ("not_found", False), ("not_found", True), ("verified", False),
    ]  # fmt: skip


def test_no_letters_at_all_is_nothing_found(letters: list[Letter]) -> None:
    assert [finding.verdict for finding in Checker([]).check(f"Birkett: “{WALL}” cost £31 million.")] == [
        "not_found", "not_found",
    ]  # fmt: skip


def test_the_json_keys_of_the_contract_come_first(checker: Checker) -> None:
    given = only(checker, f"Birkett: “{WALL}”").as_json()
    assert list(given)[:7] == ["quote", "verdict", "letter_id", "source", "start", "end", "difference"]
    missing = only(checker, "Birkett: “We will hire three hundred call handlers.”").as_json()
    assert [missing[key] for key in ("letter_id", "source", "start", "end", "difference")] == [None] * 5


def test_bold_and_slanted_words_change_nothing(checker: Checker) -> None:
    found = checker.check(
        f"**Birkett** wrote: “{WALL.replace('new sea', '*new* **sea**')}” It cost £**13** million for the wall."
    )
    assert [(each.quote[:5], each.verdict) for each in found] == [
        ("The h", "verified"),
        ("£13 m", "not_found"),
    ]
    assert (
        only(checker, "Birkett says **14** _days_ were lost to cranes out of service.", "figure").verdict
        == "verified"
    )
