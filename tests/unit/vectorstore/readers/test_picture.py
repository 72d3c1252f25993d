from PIL import Image, ImageDraw, ImageFont

from vectorstore.readers.ink import find_unread, find_upright_rules
from vectorstore.readers.picture import prepare

DPI = 200
FONT = ImageFont.load_default(size=34)


def sheet() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("L", (1200, 1600), 255)
    return image, ImageDraw.Draw(image)


def test_words_on_a_grey_area_and_beside_it_stay_and_the_area_goes() -> None:
    image, draw = sheet()
    draw.rectangle((100, 100, 1100, 700), fill=190)
    draw.text((150, 300), "The harbour dues are waived", font=FONT, fill=0)
    draw.text((150, 680), "and the pier is closed.", font=FONT, fill=0)
    made = prepare(image, DPI)
    assert made.size == image.size
    assert {made.getpixel((x, y)) for x, y in ((110, 110), (600, 200), (1090, 690))} == {255}
    dark, before = (p.point(lambda level: 255 if level < 90 else 0) for p in (made, image))
    assert dark.getbbox() == before.getbbox()
    assert 0.9 < dark.histogram()[255] / before.histogram()[255] < 1.3


def test_a_page_without_grey_areas_is_left_as_it_is() -> None:
    image, draw = sheet()
    draw.text((150, 300), "The harbour dues are waived", font=FONT, fill=0)
    # A dithered picture is grey from afar alone.
    for y in range(800, 1200, 2):
        for x in range(200, 900, 4):
            image.putpixel((x + y % 4, y), 0)
    assert prepare(image, DPI).tobytes() == image.tobytes()


def test_white_words_on_a_dark_ground_stay() -> None:
    image, draw = sheet()
    draw.rectangle((100, 100, 1100, 250), fill=20)
    draw.text((150, 150), "Notice to owners", font=FONT, fill=255)
    draw.rectangle((100, 800, 1100, 1200), fill=180)
    made = prepare(image, DPI)
    assert made.getpixel((600, 1000)) == 255
    white, before = (
        p.crop((100, 100, 1100, 250)).point(lambda v: 255 if v > 150 else 0) for p in (made, image)
    )
    assert white.getbbox() == before.getbbox()
    assert 0.8 < white.histogram()[255] / before.histogram()[255] < 1.2


def test_a_line_that_no_word_covers_is_found_and_one_that_is_covered_is_not() -> None:
    image, draw = sheet()
    draw.text((150, 300), "The harbour dues are waived until April", font=FONT, fill=0)
    draw.text((150, 900), "and the pier is closed to all vessels", font=FONT, fill=0)
    first = draw.textbbox((150, 300), "The harbour dues are waived until April", font=FONT)
    left, top, right, bottom = (int(at) for at in first)
    (box,) = find_unread(image, [(left, top, right, bottom)], DPI)
    assert 850 < box[1] < box[3] < 960
    assert box[0] < 160
    assert len(find_unread(image, [], DPI)) == 2


def test_rules_frames_logos_and_a_signature_are_no_lines_of_text() -> None:
    image, draw = sheet()
    draw.line((100, 200, 1100, 206), fill=0, width=5)
    draw.rectangle((100, 300, 1100, 350), outline=0, width=3)
    draw.ellipse((100, 500, 400, 800), fill=0)
    draw.line(
        [(150 + 6 * n, 1000 + (n * 37 % 29)) for n in range(80)], fill=0, width=4, joint="curve"
    )  # one stroke of a pen
    assert find_unread(image, [], DPI) == []


def test_a_rule_between_columns_is_found_where_it_stands() -> None:
    image, draw = sheet()
    draw.line((600, 200, 602, 1300), fill=0, width=4)
    draw.text((150, 300), "llll IIII", font=FONT, fill=0)
    (rule,) = find_upright_rules(image, DPI)
    assert rule[0] <= 598
    assert 604 <= rule[2] < 640
    assert rule[3] - rule[1] > 1000
