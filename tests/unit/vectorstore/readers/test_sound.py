import pytest

from vectorstore.readers.sound import agreement, judge, unseen

ENGLISH = (
    "Thank you for sharing the findings of your inspection. I am pleased that the force keeps victims safe, "
    "and I will hold the Chief Constable to account for the recommendations that remain."
)
WELSH = (
    "Diolch am eich llythyr ynghylch yr arolygiad. Yr wyf yn croesawu canfyddiadau'r adroddiad ac yn cytuno bod "
    "angen gwneud mwy i gefnogi dioddefwyr ledled ardal yr heddlu yn ystod y flwyddyn nesaf."
)
ALPHABET = "abcdefghijklmnopqrstuvwxyz"


def shifted(text: str, by: int) -> str:
    return text.lower().translate(str.maketrans(ALPHABET, ALPHABET[by:] + ALPHABET[:by]))


def test_english_is_sound() -> None:
    assert judge(ENGLISH) == "sound"


@pytest.mark.parametrize("by", range(1, 26))
def test_letters_that_make_no_words_are_broken(by: int) -> None:
    assert judge(shifted(ENGLISH, by)) == "broken"


@pytest.mark.parametrize("junk", ["\ufffd", "\ue012", "\x03"])
def test_characters_without_a_meaning_are_broken(junk: str) -> None:
    assert judge(ENGLISH.replace("e", junk)) == "broken"


def test_symbols_in_place_of_letters_are_not_sound() -> None:
    assert judge("!#%& '()* +,-. /:;< =>?@ [\\]^ _`{| }~!# $%&' ()*+ ,-./ :;<=") == "doubtful"


def test_another_language_is_doubtful_and_not_broken() -> None:
    assert judge(WELSH) == "doubtful"


@pytest.mark.parametrize(
    "text", ["", "Page 2", "Reference ID: 4238872", "£1,204.50 £33.10 12.5% 2019 2020 2021"]
)
def test_too_little_to_tell_is_sound(text: str) -> None:
    assert judge(text) == "sound"


def test_agreement_is_the_share_of_the_layers_words_that_ocr_sees() -> None:
    assert agreement("one hundred letters were read", "One hundred letters were lost") == 4 / 5
    assert agreement("", "anything") == 1.0


def test_unseen_counts_words_that_the_layer_lacks_and_english_knows() -> None:
    assert unseen("Reference 42", "reference 42 thank you for your report xqzzt wvvk") == 5
