"""`python -m bot.playground`: a Telegram in a process of its own. Prints one JSON line with its address and token."""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import sys

from bot.playground.clock import ShiftedClock
from bot.playground.telegram.limits import Rates
from bot.playground.telegram.playground import TelegramPlayground
from bot.playground.telegram.world import DEFAULT_TOKEN, World


def main() -> None:
    """Serve until SIGTERM or SIGINT."""
    parser = argparse.ArgumentParser(prog="python -m bot.playground", description="A local Telegram Bot API server.")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free port")
    parser.add_argument("--token", default=DEFAULT_TOKEN, help="the bot's token")
    parser.add_argument("--limits", action="store_true", help="answer 429 as the real one does")
    parser.add_argument("--no-privacy", action="store_true", help="the bot reads everything in groups")
    asyncio.run(_serve(parser.parse_args()))


async def _serve(options: argparse.Namespace) -> None:
    world = World(
        clock=ShiftedClock(),
        token=options.token,
        privacy=not options.no_privacy,
        rates=Rates() if options.limits else None,
    )
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    async with TelegramPlayground(world, port=options.port) as playground:
        line = {"url": playground.url, "token": playground.token, "control": f"{playground.url}/playground"}
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()
        await stopped.wait()


if __name__ == "__main__":
    main()
