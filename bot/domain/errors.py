"""The base of every error that the product itself names; one boundary in handlers turns them into words."""

from __future__ import annotations


class DomainError(Exception):
    """A situation with a name: subclasses carry the facts as keyword fields, never a sentence."""

    def __init__(self, **facts: object) -> None:
        """Keep the facts as attributes so that the boundary can word them."""
        self.facts = facts
        super().__init__(", ".join(f"{name}={value!r}" for name, value in facts.items()))


class NotPermitted(DomainError):
    """The person may not do this (facts: action)."""


class NotFound(DomainError):
    """The thing is gone, or belongs to another team, which must look the same (facts: what)."""


class StaleChoice(DomainError):
    """A button that is stale, foreign or forged; it changes nothing."""


class NotKnownYet(DomainError):
    """What somebody said can be understood a moment later; nothing has been changed, and it is to be handled again."""
