from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.base import Capabilities
from bot.channels.parting import part_message, to_markup
from bot.domain.messages import Attachment, Chat, Choice, ChoiceList, Command, Outgoing
from bot.domain.rich_text import SpannedText, escape, join_lines, to_spans, utf16_length
from bot.domain.vocabulary import ChannelName
from bot.texts import zalo

CHAT = Chat(channel=ChannelName.TELEGRAM, chat_id="501")
ALL = Capabilities(text_limit=4096, caption_limit=1024, edits=True, buttons=True, documents=True)
BARE = Capabilities(text_limit=2000, caption_limit=2000, edits=False, buttons=False, documents=False)
METERED = dataclasses.replace(BARE, caption_limit=1400, metered=True)
CHOICES = ChoiceList(rows=((Choice(label="Gửi", action="a"), Choice(label="Sửa <1>", action="b")),))
LONG = "\n".join(f"Dòng {number} của bản tổng hợp." for number in range(400))
FILE = Attachment(stored_id=7, name="tong-hop.pdf", mime="application/pdf")
PHOTO = Attachment(stored_id=8, name="anh.jpg", mime="image/jpeg", as_photo=True)


def saying(text: str = "Chào thầy/cô", **fields: object) -> Outgoing:
    """A message in Lan's chat."""
    return Outgoing.model_validate({"chat": CHAT, "text": text, **fields})


def parts(outgoing: Outgoing, capabilities: Capabilities = ALL) -> Sequence[Outgoing]:
    return part_message(outgoing, capabilities=capabilities)


def plain(part: Outgoing) -> str:
    return to_spans(part.text).text


def without_space(text: str) -> str:
    return "".join(text.split())


def test_a_short_message_is_one_part_with_all_it_has() -> None:
    outgoing = saying(choices=CHOICES, choices_key="k1", replaces="41")
    assert parts(outgoing) == (outgoing,)


def test_a_long_text_is_split_with_its_choices_last_and_its_edit_first() -> None:
    first, *_, last = parts(saying(LONG, choices=CHOICES, choices_key="k1", replaces="41"))
    assert (first.replaces, first.choices, first.choices_key) == ("41", None, "")
    assert (last.replaces, last.choices, last.choices_key) == ("", CHOICES, "k1")


def test_bold_across_a_cut_is_bold_on_both_sides() -> None:
    pieces = parts(saying(f"<b>{LONG}</b>"))
    assert len(pieces) > 1
    for piece in pieces:
        spanned = to_spans(piece.text)
        assert [(span.start, span.end, span.style) for span in spanned.spans] == [(0, len(spanned.text), "bold")]


def test_one_file_takes_a_short_text_for_its_caption() -> None:
    (part,) = parts(saying("<b>Tổng hợp</b> & kế hoạch".replace("&", "&amp;"), attachments=(FILE,), choices=CHOICES))
    assert plain(part) == "Tổng hợp & kế hoạch"
    assert (part.attachments, part.choices) == ((FILE,), CHOICES)


def test_a_text_too_long_for_a_caption_goes_before_its_file() -> None:
    text, file = parts(saying("a" * 1025, attachments=(FILE,)))
    assert (plain(text), text.attachments) == ("a" * 1025, ())
    assert (plain(file), file.attachments) == ("", (FILE,))


def test_several_files_follow_the_text_one_by_one() -> None:
    text, first, second = parts(saying(attachments=(PHOTO, FILE), choices=CHOICES))
    assert (text.attachments, first.attachments, second.attachments) == ((), (PHOTO,), (FILE,))
    assert [part.choices for part in (text, first, second)] == [None, None, CHOICES]


def test_an_edit_with_a_file_edits_the_text_and_sends_the_file_after_it() -> None:
    text, file = parts(saying(attachments=(FILE,), replaces="41"))
    assert (text.replaces, text.attachments) == ("41", ())
    assert (file.replaces, file.attachments) == ("", (FILE,))


def test_a_file_without_words_replaces_nothing() -> None:
    (file,) = parts(saying("", attachments=(FILE,), replaces="41"))
    assert (file.replaces, file.attachments) == ("", (FILE,))


def test_a_message_with_a_menu_is_sent_anew_as_edits_carry_none() -> None:
    (part,) = parts(saying(menu=(("Báo cáo",),), replaces="41"))
    assert (part.menu, part.replaces) == ((("Báo cáo",),), "")


def test_a_menu_beside_choices_goes_with_the_first_part() -> None:
    first, second = parts(saying(attachments=(FILE, FILE), menu=(), choices=CHOICES))[::2]
    assert (first.menu, first.choices) == ((), None)
    assert (second.menu, second.choices) == (None, CHOICES)


def test_commands_are_a_part_of_their_own() -> None:
    commands = (Command(name="toi", description="Của tôi"),)
    (only,) = parts(saying("", commands=commands))
    assert only.commands == commands
    text, last = parts(saying(commands=commands))
    assert (text.commands, last.commands, last.text) == (None, commands, "")


def test_an_edit_that_only_tidies_up_is_one_part_without_words() -> None:
    (part,) = parts(saying("", replaces="41", only_if_editable=True))
    assert (part.text, part.replaces, part.only_if_editable) == ("", "41", True)


def test_a_tidying_edit_is_dropped_where_nothing_can_be_edited() -> None:
    assert parts(saying("Xong", replaces="41", only_if_editable=True), BARE) == ()
    assert parts(saying("Xong", only_if_editable=True)) == ()


def test_an_edit_is_sent_anew_where_nothing_can_be_edited() -> None:
    (part,) = parts(saying(replaces="41"), BARE)
    assert (part.replaces, plain(part)) == ("", "Chào thầy/cô")


def test_choices_are_numbered_where_there_are_no_buttons() -> None:
    (part,) = parts(saying("Gửi báo cáo?", choices=CHOICES, menu=()), BARE)
    assert plain(part) == "Gửi báo cáo?\n1. Gửi\n2. Sửa <1>"
    assert (part.choices, part.menu) == (None, None)


def test_choices_stand_apart_from_a_text_of_several_lines() -> None:
    (part,) = parts(saying("Dự giờ\nMôn: Toán", choices=CHOICES), BARE)
    assert plain(part) == "Dự giờ\nMôn: Toán\n\n1. Gửi\n2. Sửa <1>"


def test_a_choice_that_leads_to_a_page_shows_its_address_where_there_are_no_buttons() -> None:
    linked = ChoiceList(rows=((Choice(label="Mở", action="", url="https://a.vn/?b=1&c=2"),),))
    (part,) = parts(saying("Tệp", choices=linked), BARE)
    assert plain(part).endswith("\nMở: https://a.vn/?b=1&c=2")


def test_ways_around_a_question_carry_no_number_where_there_are_no_buttons() -> None:
    around = (Choice(label="‹ Quay lại", action="c", numbered=False), Choice(label="Hủy", action="d", numbered=False))
    listed = ChoiceList(rows=(around, *CHOICES.rows))
    (part,) = part_message(saying("Gửi?", choices=listed, choices_key="k"), capabilities=BARE, wording=zalo)
    assert plain(part) == "Gửi?\n1. Gửi\n2. Sửa <1>\nHoặc nhắn: “Quay lại”, “Hủy”."
    assert part.choices_key == "k"


def test_a_long_list_is_shown_a_page_at_a_time_with_numbers_that_go_on() -> None:
    small = dataclasses.replace(BARE, page=2)
    listed = ChoiceList(rows=tuple((Choice(label=f"Cô {at}", action="x"),) for at in range(1, 6)), first=3)
    (part,) = part_message(saying("Ai?", choices=listed), capabilities=small, wording=zalo)
    assert plain(part) == "Ai?\n3. Cô 3\n4. Cô 4\n… còn 1 mục nữa: nhắn “tiếp” để xem."


def test_commands_are_dropped_where_there_are_no_buttons() -> None:
    assert parts(saying("", commands=(Command(name="toi", description="Của tôi"),)), BARE) == ()


def test_a_message_that_says_nothing_is_still_tried_so_that_somebody_notices() -> None:
    assert len(parts(saying("  "))) == 1


LETTERS = "aăâđê \n.,;<>&'\"😀👩‍🏫ỗ\u0301\u0323\u200d\ufe0f"


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Up to some thousand characters, marks and emoji and what looks like markup among them."""
    letters = st.sampled_from(LETTERS) | st.characters(exclude_categories=("Cs",))
    return draw(st.text(letters, max_size=300)) * draw(st.integers(1, 40))


@st.composite
def narrow(draw: st.DrawFn) -> Capabilities:
    """A platform with room for little."""
    return dataclasses.replace(ALL, text_limit=draw(st.integers(16, 300)), caption_limit=draw(st.integers(0, 200)))


@given(text=texts(), files=st.lists(st.sampled_from([FILE, PHOTO]), max_size=3), capabilities=narrow())
def test_parts_keep_every_letter_and_every_file_and_stay_within_the_limits(
    text: str, files: list[Attachment], capabilities: Capabilities
) -> None:
    made = parts(saying(str(escape(text)), attachments=tuple(files), choices=CHOICES), capabilities)
    assert without_space("".join(plain(part) for part in made)) == without_space(text)
    assert [file for part in made for file in part.attachments] == files
    for part in made:
        limit = capabilities.caption_limit if part.attachments else capabilities.text_limit
        assert utf16_length(plain(part)) <= limit
        assert len(part.attachments) <= 1
    assert [part.choices for part in made] == [None] * (len(made) - 1) + [CHOICES]


@given(text=texts(), files=st.lists(st.sampled_from([FILE, PHOTO]), max_size=9))
def test_where_files_are_links_documents_stand_together_as_far_as_there_is_room(
    text: str, files: list[Attachment]
) -> None:
    made = parts(saying(str(escape(text)), attachments=tuple(files)), METERED)
    assert without_space("".join(plain(part) for part in made)) == without_space(text)
    assert [file for part in made for file in part.attachments] == files
    for part in made:
        links = sum(utf16_length(file.name) + 200 for file in part.attachments)
        assert utf16_length(plain(part)) + links <= METERED.text_limit
        assert len(part.attachments) == 1 or PHOTO not in part.attachments


def test_a_text_and_its_two_documents_are_one_message_of_a_plan() -> None:
    (part,) = parts(saying("Biên bản số 01", attachments=(FILE, FILE)), METERED)
    assert (plain(part), part.attachments) == ("Biên bản số 01", (FILE, FILE))
    shown = parts(saying("Tổng hợp", attachments=(PHOTO, PHOTO, FILE)), METERED)
    assert [(plain(each), each.attachments) for each in shown] == [
        ("Tổng hợp", (PHOTO,)),
        ("", (PHOTO,)),
        ("", (FILE,)),
    ]


@pytest.mark.parametrize("unit", ["😀", "ỗ", "o\u0302\u0303", "👩‍🏫", "a b ", "Một câu dài. "])
def test_ten_thousand_characters_arrive_whole(unit: str) -> None:
    text = (unit * 10_000)[:10_000]
    made = parts(saying(str(escape(text))))
    assert without_space("".join(plain(part) for part in made)) == without_space(text)
    assert all(utf16_length(plain(part)) <= 4096 for part in made)


@st.composite
def markups(draw: st.DrawFn, depth: int = 3) -> str:
    """Sentences with tags within tags."""
    pieces = [str(escape(draw(st.text(max_size=12))))]
    for _ in range(draw(st.integers(0, 2)) if depth else 0):
        tag = draw(st.sampled_from(["b", "i", "u", "s", "code"]))
        pieces.append(f"<{tag}>{draw(markups(depth - 1))}</{tag}>{escape(draw(st.text(max_size=6)))}")
    return "".join(pieces)


@given(markup=markups())
def test_markup_made_of_spans_reads_back_as_the_same(markup: str) -> None:
    spanned = to_spans(markup)
    again = to_spans(to_markup(spanned))
    assert again.text == spanned.text
    assert set(again.spans) == set(spanned.spans)


def test_what_people_typed_stays_text() -> None:
    line = join_lines("<b>không phải</b> & 'thẻ'")
    (part,) = parts(saying(str(line)))
    assert to_spans(part.text) == SpannedText("<b>không phải</b> & 'thẻ'")
