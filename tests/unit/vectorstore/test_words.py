"""Words as search sees them."""

from concurrent.futures import ThreadPoolExecutor

from vectorstore.words import rarity, stem, stems, tokens


def test_words_are_folded_and_marks_are_left_out() -> None:
    assert tokens("The **Chief** Constable’s call-handlers don’t!") == [
        "the",
        "chief",
        "constable",
        "call",
        "handlers",
        "dont",
    ]


def test_numbers_keep_their_point_and_lose_their_commas() -> None:
    assert tokens("478,000 calls, 14.2 per cent; £3.1m in 2018/19.") == [
        "478000", "calls", "14.2", "per", "cent", "3.1", "m", "in", "2018", "19",
    ]  # fmt: skip


def test_the_same_word_in_other_type_is_the_same_word() -> None:
    assert tokens("oﬃcers ｏｆｆｉｃｅｒｓ") == ["officers", "officers"]


def test_no_words_no_tokens() -> None:
    assert tokens(" - … \n\x07 'ʼ") == tokens("") == []


def test_forms_of_a_word_share_a_stem() -> None:
    assert stem("calls") == stem("calling") == stem("called") == "call"
    assert stems("Calls and calls") == ["call", "and", "call"]


def test_stems_are_the_same_from_every_thread() -> None:
    words = [f"calling{letter}s" for letter in "abcdefghij"] * 50
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(stems, words)) == [stems(word) for word in words]


def test_a_rare_word_tells_more_than_a_common_one() -> None:
    assert rarity("the") < 0.5 < rarity("police") < rarity("safeguarding") < rarity("xqzzy") == 7.0


def test_a_number_tells_as_much_as_a_rare_word() -> None:
    assert rarity("999") == rarity("14.2") == 5.0
