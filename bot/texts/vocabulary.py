"""Vietnamese names of what the code calls in English."""

from __future__ import annotations

from bot.domain.vocabulary import ActivityKind, Role

ROLE_NAMES = {
    Role.LEADER: "tổ trưởng",
    Role.DEPUTY: "tổ phó",
    Role.SECRETARY: "thư ký",
    Role.MEMBER: "tổ viên",
    Role.OFFICER: "chuyên viên",
}

KIND_NAMES = {
    ActivityKind.LESSON_OBSERVATION: "Dự giờ tiết dạy",
    ActivityKind.AFTER_HOURS_OBSERVATION: "Dự giờ ngoài giờ lên lớp",
    ActivityKind.INTEGRATED_ACTIVITY: "Hoạt động lồng ghép",
    ActivityKind.PEER_SCHOOL_ACTIVITY: "Hoạt động của đơn vị bạn",
    ActivityKind.INSPECTION: "Đoàn kiểm tra chuyên môn",
    ActivityKind.PAPER: "Tham luận, báo cáo chuyên đề",
    ActivityKind.TEACHER_AWARD_PANEL: "Hội đồng giáo viên dạy giỏi",
    ActivityKind.EXAM_SETTING: "Ra đề thi",
    ActivityKind.EXAM_MARKING: "Chấm thi",
    ActivityKind.TRAINING: "Bồi dưỡng chuyên môn",
}

NOTE_NAMES = {
    "strengths": "Ưu điểm",
    "difficulties": "Hạn chế",
    "advice": "Tư vấn",
    "encouragement": "Thúc đẩy",
}
"""The four notes of an observation, by the names they have everywhere in the code."""
