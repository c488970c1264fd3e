"""What observers of the sample team wrote: sentences by subject, put together by the history. Pure data."""

from __future__ import annotations

from bot.domain.vocabulary import ActivityKind

SUBJECTS = (
    "Toán",
    "Tiếng Việt",
    "Tự nhiên và Xã hội",
    "Khoa học",
    "Lịch sử và Địa lí",
    "Đạo đức",
    "Tin học",
    "Công nghệ",
    "Mĩ thuật",
    "Âm nhạc",
    "Giáo dục thể chất",
    "Hoạt động trải nghiệm",
)
SUBJECT_WEIGHTS = (30, 30, 8, 6, 5, 4, 4, 3, 3, 2, 2, 3)

STRENGTHS = (
    "Lớp học sôi nổi, học sinh mạnh dạn phát biểu.",
    "Giáo viên giao việc rõ ràng, bao quát lớp tốt.",
    "Tổ chức nhóm đôi nền nếp, nhiều em được nói.",
    "Đồ dùng trực quan tự làm, gần gũi với học sinh.",
    "Câu hỏi gợi mở vừa sức, dẫn dắt tự nhiên.",
    "Nhận xét kịp thời, động viên từng em cụ thể.",
    "Ứng dụng công nghệ thông tin hợp lí, không lạm dụng.",
    "Liên hệ thực tế địa phương sinh động.",
    "Học sinh tự đánh giá và nhận xét bạn tốt.",
    "Trò chơi khởi động ngắn, đúng mục tiêu bài.",
    "Giáo viên quan tâm học sinh tiếp thu chậm.",
    "Phần luyện tập phân hóa theo ba mức rõ ràng.",
)
DIFFICULTIES = (
    "Thời gian luyện tập còn gấp.",
    "Một số em ngồi cuối lớp ít được gọi.",
    "Phiếu bài tập nhiều chữ so với sức học sinh.",
    "Hoạt động nhóm còn hình thức ở phần cuối.",
    "Giáo viên nói còn nhiều, học sinh nghe là chính.",
    "Chuyển hoạt động chậm, mất thời gian ổn định.",
    "Thiếu bảng nhóm và đồ dùng cho cả lớp.",
    "Đường truyền mạng yếu, mở video chậm.",
    "Chưa có câu hỏi cho học sinh khá.",
    "Lớp đông, khó theo dõi từng em.",
)
ADVICE = (
    "Tăng thời gian nhóm đôi ở phần luyện tập.",
    "Chuẩn bị câu hỏi phân hóa cho ba mức.",
    "Gọi luân phiên để mọi em đều được nói.",
    "Bớt chữ trên phiếu, thêm hình minh họa.",
    "Cho học sinh tự chữa bài trước khi giáo viên chốt.",
    "Dùng đồng hồ đếm ngược khi chuyển hoạt động.",
    "Giao nhóm trưởng theo dõi bạn cần giúp.",
    "Sinh hoạt tổ khối theo nghiên cứu bài học về bài này.",
    "Tận dụng vật liệu tái chế làm đồ dùng.",
    "Ghi lại sản phẩm của học sinh để so sánh sau một tháng.",
    "Mời giáo viên dạy Tin học hỗ trợ phần trình chiếu.",
)
ENCOURAGEMENT = (
    "Nhân rộng cách làm này trong khối.",
    "Tháng sau dự lại một tiết để cùng chia sẻ.",
    "Đề nghị báo cáo kinh nghiệm ở chuyên đề cụm.",
    "Động viên cô dự hội thi giáo viên dạy giỏi.",
    "Gửi giáo án cho tổ tham khảo.",
)
TOPICS = (
    "Dạy học phân hóa ở lớp đông",
    "Đánh giá thường xuyên theo Thông tư 27",
    "Sinh hoạt chuyên môn theo nghiên cứu bài học",
    "Giáo dục địa phương lớp 4, lớp 5",
    "Dạy đọc hiểu văn bản thông tin",
    "STEM trong dạy học Khoa học",
    "Chuyển tiếp từ mầm non lên lớp 1",
    "Tích hợp giáo dục an toàn giao thông",
)

KIND_WEIGHTS = (
    (ActivityKind.LESSON_OBSERVATION, 62),
    (ActivityKind.AFTER_HOURS_OBSERVATION, 4),
    (ActivityKind.INTEGRATED_ACTIVITY, 8),
    (ActivityKind.PEER_SCHOOL_ACTIVITY, 10),
    (ActivityKind.INSPECTION, 3),
    (ActivityKind.PAPER, 4),
    (ActivityKind.TEACHER_AWARD_PANEL, 3),
    (ActivityKind.TRAINING, 6),
)
EXAM_KINDS = (ActivityKind.EXAM_SETTING, ActivityKind.EXAM_MARKING)

LEAVE_REASONS = ("nghỉ thai sản", "đi học nâng chuẩn", "nghỉ ốm dài ngày", "chăm con nhỏ nằm viện")
