"""How long the files of a month take and how much memory: 40 members, 120 activities, all four in a fresh process.

Run: python -m tests.benchmarks.report_files
"""

from __future__ import annotations

import resource
import sys
import time
from datetime import date

from bot.documents.report_files import ReportFormat, draw_report
from bot.documents.report_paper import ReportPaper
from bot.domain.team_settings import TeamSettings
from bot.domain.vocabulary import ActivityKind
from tests.domain.reports import member, report, visit

_NOTE = "Cần tăng thời gian hoạt động nhóm đôi, chú ý học sinh chưa mạnh dạn. "


def main() -> None:
    """Print one line a file and the whole."""
    visits = [
        visit(
            number,
            kind=list(ActivityKind)[number % 10],
            day=date(2026, 11, 1 + number % 30),
            subject=("Toán", "Tiếng Việt", "Đạo đức")[number % 3],
            group=f"{1 + number % 5}A",
            advice=_NOTE * (1 + number % 4),
            difficulties=_NOTE,
            needs_support=number % 10 == 0,
            exemplary=number % 12 == 0,
            members=(1 + number % 38,),
        )
        for number in range(120)
    ]
    started, worked = time.perf_counter(), time.process_time()
    model = report(*visits, members=[member(number) for number in range(1, 41)])
    print(f"model  {(time.perf_counter() - started) * 1000:6.0f} ms")
    paper = ReportPaper(TeamSettings(), "Trần Thị Mai", number=1)
    for kind in (ReportFormat.DOCX, ReportFormat.PDF, ReportFormat.XLSX, ReportFormat.PNG):
        before = time.perf_counter()
        data = draw_report(model, paper, kind)
        print(f"{kind:6} {(time.perf_counter() - before) * 1000:6.0f} ms {len(data) / 1024:8.0f} KB")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    busy = time.process_time() - worked
    passed = time.perf_counter() - started
    print(f"all    {passed * 1000:6.0f} ms, {busy * 1000:.0f} ms of them at work, peak {peak:.0f} MB", file=sys.stdout)


if __name__ == "__main__":
    main()
