"""Finding listed Vietnamese phrases in what people type, with or without diacritics."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.domain.text import agrees, compose, skeleton


@dataclass(frozen=True, slots=True)
class Source:
    """A text in NFC beside its skeleton; an index means the same letter in both."""

    text: str
    plain: str

    @classmethod
    def of(cls, text: str) -> Source:
        """Prepare any text for reading."""
        composed = compose(text)
        return cls(composed, skeleton(composed))

    def without(self, spans: Iterable[tuple[int, int]]) -> Source:
        """The same text with these stretches blanked by a mark that joins no words and keeps every offset."""
        text, plain = list(self.text), list(self.plain)
        for start, end in spans:
            text[start:end] = plain[start:end] = "\x1f" * (end - start)
        return Source("".join(text), "".join(plain))


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase that was found: where, and which listed form it is."""

    start: int
    end: int
    form: str


class PhraseList:
    """Phrases written with diacritics, found longest first as whole words."""

    def __init__(self, forms: Iterable[str]) -> None:
        """Prepare the search; forms in lower case, words parted by one space."""
        self._forms: dict[str, list[str]] = {}
        for form in forms:
            self._forms.setdefault(skeleton(form), []).append(compose(form))
        longest_first = sorted(self._forms, key=len, reverse=True)
        choices = "|".join(re.escape(plain).replace(r"\ ", r"[^\S\n]+") for plain in longest_first)
        self._pattern = re.compile(rf"(?<!\w)(?:{choices})(?!\w)")

    def find_all(self, source: Source, start: int = 0, end: int | None = None) -> Iterator[Hit]:
        """Hits in reading order that do not overlap."""
        limit = len(source.plain) if end is None else end
        while match := self._pattern.search(source.plain, start, limit):
            form = self._agreeing_form(source.text[match.start() : match.end()], match.group())
            if form is not None:
                yield Hit(match.start(), match.end(), form)
            start = match.start() + 1 if form is None else match.end()

    def find_first(self, source: Source, start: int = 0, end: int | None = None) -> Hit | None:
        """The first hit, if any."""
        return next(self.find_all(source, start, end), None)

    def _agreeing_form(self, typed: str, plain: str) -> str | None:
        forms = self._forms[" ".join(plain.split())]
        fitting = [form for form in forms if agrees(typed, form)]
        exact = [form for form in fitting if form == " ".join(typed.lower().split())]
        return next(iter(exact + fitting), None)
