"""Which kind of activity a text speaks of."""

from __future__ import annotations

from bot.domain.phrases import Hit, PhraseList, Source
from bot.domain.vocabulary import ActivityKind

_FORMS: tuple[tuple[ActivityKind, tuple[str, ...]], ...] = (
    (
        ActivityKind.AFTER_HOURS_OBSERVATION,
        ("ngoài giờ lên lớp", "ngoài giờ", "ngll", "hđngll", "ngoại khóa", "ngoại khoá"),
    ),
    (ActivityKind.INTEGRATED_ACTIVITY, ("lồng ghép", "tích hợp")),
    (
        ActivityKind.TEACHER_AWARD_PANEL,
        (
            "giáo viên dạy giỏi",
            "gv dạy giỏi",
            "gvdg",
            "giáo viên giỏi",
            "gv giỏi",
            "hội đồng công nhận",
            "hội đồng chấm",
        ),
    ),
    (ActivityKind.EXAM_SETTING, ("ra đề", "làm đề", "biên soạn đề", "soạn đề", "xây dựng đề")),
    (ActivityKind.EXAM_MARKING, ("chấm thi", "chấm bài", "chấm hsg", "chấm khảo sát")),
    (
        ActivityKind.INSPECTION,
        ("kiểm tra chuyên môn", "đoàn kiểm tra", "thanh tra", "đoàn thanh tra", "thanh kiểm tra", "ktcm"),
    ),
    (ActivityKind.PAPER, ("tham luận", "báo cáo chuyên đề", "báo cáo tham luận", "viết chuyên đề")),
    (ActivityKind.TRAINING, ("tập huấn", "bồi dưỡng", "học bồi dưỡng", "bdtx")),
    (
        ActivityKind.PEER_SCHOOL_ACTIVITY,
        (
            "chuyên đề",
            "sinh hoạt chuyên môn",
            "shcm",
            "đơn vị bạn",
            "trường bạn",
            "nghiên cứu bài học",
            "hội thảo",
            "thao giảng cụm",
        ),
    ),
    (
        ActivityKind.LESSON_OBSERVATION,
        ("dự giờ", "dự tiết", "dự 1 tiết", "thăm lớp", "dự giờ thăm lớp", "thao giảng", "tiết dạy", "dg"),
    ),
)
_LISTS = tuple((kind, PhraseList(forms)) for kind, forms in _FORMS)


def find_kind(source: Source) -> tuple[ActivityKind, Hit] | None:
    """The most telling kind named: "dự giờ ngoài giờ lên lớp" is no lesson, "chấm giáo viên dạy giỏi" no exam."""
    for kind, phrases in _LISTS:
        if hit := phrases.find_first(source):
            return kind, hit
    return None
