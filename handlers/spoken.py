"""What people say to an assistant rather than type to a program: commands without a slash, a greeting, thanks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.text import compose, fold, fold_with_offsets
from bot.texts import common as texts
from handlers.conversation import CommandSpec
from handlers.talk import Talk

_LONGEST_NAME = 4  # words
_AROUND = r"(?: (?:em|ban|bot|tro ly|a|ah|nhe|nha|nhieu|rat|lam|moi nguoi|ca nha|buoi sang|buoi chieu|buoi toi))*"
_GREETING = re.compile(rf"(?:da |em |a |xin |kinh )*(?:chao|hello|hi|alo)(?: alo)*{_AROUND}")
_THANKS = re.compile(rf"(?:da |vang |ok |oke |em |toi |co |thay |xin |rat )*(?:cam on|thanks?|tks){_AROUND}")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A command that was said; `is_plain` when the text can hardly be anything else."""

    spec: CommandSpec
    argument: str = ""
    is_plain: bool = True


def read_command(text: str, commands: Mapping[str, CommandSpec]) -> Spoken | None:
    """A command said without its slash, marks or not; with the rest where it is one that takes more ("nghi mai")."""
    folded, offsets = fold_with_offsets(text)
    if spec := commands.get(folded.replace(" ", "")):
        return Spoken(spec)
    words = folded.split(" ")
    for count in range(min(_LONGEST_NAME, len(words) - 1), 0, -1):
        spec = commands.get("".join(words[:count]))
        if spec is not None and spec.example:
            rest = compose(text)[offsets[len(" ".join(words[:count]))] :]
            return Spoken(spec, rest.lstrip(" \t\n:,.–-"), is_plain=spec.opens or rest.startswith(":"))
    return None


async def hear_courtesy(talk: Talk, text: str) -> bool:
    """A greeting or thanks, and nothing else, is returned; False otherwise."""
    words = fold(text)
    if _GREETING.fullmatch(words):
        talk.say(texts.greeting())
    elif _THANKS.fullmatch(words):
        talk.say(texts.welcome_any_time())
    else:
        return False
    return True
