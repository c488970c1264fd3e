"""`python -m bot` is the command `mangluoi`."""

from bot.cli import main

main()
