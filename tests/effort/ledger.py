"""What the effort tests count, and phones that count what their owners do."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.office import Phone, Shown


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    what: str
    counted: str
    allowed: str


@dataclass(slots=True)
class Ledger:
    """The table of one test run."""

    rows: list[Row] = field(default_factory=list[Row])

    def exactly(self, what: str, counted: int, *, allowed: int) -> None:
        """Note a count and insist on it."""
        self.rows.append(Row(what, str(counted), f"{allowed}"))
        assert counted == allowed, f"{what}: {counted}, not {allowed}"

    def at_most(self, what: str, counted: float, *, allowed: float) -> None:
        """Note a mean and insist that it is not above what is allowed."""
        self.rows.append(Row(what, f"{counted:.2f}", f"<= {allowed:g}"))
        assert counted <= allowed, f"{what}: {counted}, more than {allowed}"


class CountedPhone:
    """A phone that counts interactions: a message written or a button pressed is one."""

    def __init__(self, phone: Phone) -> None:
        """Nothing was done yet."""
        self.phone = phone
        self.interactions = 0

    async def say(self, text: str) -> Shown:
        """One interaction."""
        self.interactions += 1
        return await self.phone.say(text)

    async def press(self, label: str) -> Shown:
        """One interaction."""
        self.interactions += 1
        return await self.phone.press(label)
