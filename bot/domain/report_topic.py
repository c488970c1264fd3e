"""What a chuyên đề, a paper or a panel was about."""

from __future__ import annotations

import re

from bot.domain.phrases import Source

_LEADS = (
    re.compile(r"\b(?:noi dung|chu de|ten (?:bai|chuyen de|tham luan))\b ?(?:la|ve|:)? ?"),
    re.compile(r"\b(?:chuyen de|tham luan|hoi thao|tap huan|boi duong|hoi giang)\b ?(?:ve|:) ?"),
    re.compile(
        r"\b(?:bao cao |tham du |du )?(?:chuyen de|tham luan|hoi thao|tap huan) (?!cum\b|cap\b|tai\b|o\b|ngay\b)"
    ),
)
_ENDS = re.compile(
    r"[,;\n·()]|\.(?!\d)|\b(?:tai|o|truong|ngay|hom|sang|chieu|toi|vao|cung|thu (?:hai|ba|tu|nam|sau|bay|[2-7])"
    r"|do (?:truong|phong|cum|so|to)|cho (?:hoi nghi|hoi thao|truong|cum))\b"
)
_LONGEST = 200


def find_topic(head: str) -> str | None:
    """The topic as typed, from the part of an NFC message before its notes; None when it names none."""
    source = Source.of(head)
    for lead in _LEADS:
        if match := lead.search(source.plain):
            end = _ENDS.search(source.plain, match.end())
            topic = source.text[match.end() : end.start() if end else len(source.text)].strip(' :-–"“”')
            if len(topic) > 3:  # shorter ones are scraps
                return topic[:_LONGEST]
    return None
