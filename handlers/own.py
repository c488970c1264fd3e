"""/hoatdong and /toi: what I did, and what I still owe."""

from __future__ import annotations

from bot.domain.duty import standing
from bot.domain.permissions import Act
from bot.domain.school_year import Month
from bot.texts import own as texts
from handlers.conversation import CommandSpec, Conversation
from handlers.talk import Talk


def conversation() -> Conversation:
    """The two commands."""
    return Conversation(
        name="own",
        commands=(
            CommandSpec("toi", "tháng này tôi còn thiếu gì", show_owed, act=Act.SEE_OWN, label="👤 Còn thiếu gì?"),
            CommandSpec("hoatdong", "hoạt động của tôi", show_mine, act=Act.SEE_OWN, label="📋 Hoạt động của tôi"),
        ),
    )


async def show_owed(talk: Talk, argument: str) -> None:
    """My month in one answer."""
    del argument
    member = talk.member()
    month = Month.of(talk.today)
    facts = await talk.uow.duties.facts(member.team_id, month, talk.settings)
    mine = next(each for each in facts if each.member_id == member.id)
    talk.say(texts.owed(month, standing(mine, month, talk.settings), mine.activities, talk.settings.activities_a_month))


async def show_mine(talk: Talk, argument: str) -> None:
    """My activities of this month and the last."""
    del argument
    member = talk.member()
    month = Month.of(talk.today)
    rows = await talk.uow.activities.between(member.team_id, month.previous.first, month.last, member_id=member.id)
    lines = [
        texts.activity_line(row.activity.number, row.activity.kind, row.activity.date, row.school_name) for row in rows
    ]
    talk.say(texts.mine(lines))
