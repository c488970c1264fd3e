"""Vietnamese text as people type it: made clean for keeping, and folded for comparing.

Every offset in the reading modules counts characters of the NFC form, which `normalise` gives.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

_JOINER = "\u200d"
_VARIATION_SELECTOR = "\ufe0f"
_LONGEST_NAME = 60  # characters
_STROKED = {"đ": "d", "Đ": "D"}


def normalise(text: str) -> str:
    """The text as it is kept: NFC, one kind of line end and space, nothing invisible except within an emoji."""
    unified = re.sub(r"\r\n?|[\u0085\u2028\u2029\v\f]", "\n", text)
    kept = [char for index, char in enumerate(unified) if _is_visible(unified, index)]
    spaced = (" " if unicodedata.category(char) == "Zs" else char for char in kept)
    return unicodedata.normalize("NFC", "".join(spaced)).strip()


def _is_visible(text: str, index: int) -> bool:
    char = text[index]
    if char in "\n\t":
        return True
    category = unicodedata.category(char)
    if char == _JOINER:
        return 0 < index < len(text) - 1 and _is_pictorial(text[index - 1]) and _is_pictorial(text[index + 1])
    return category not in {"Cc", "Cf", "Cs"}


def _is_pictorial(char: str) -> bool:
    return char == _VARIATION_SELECTOR or unicodedata.category(char) in {"So", "Sk"}


def compose(text: str) -> str:
    """The NFC form, which all offsets count in."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """The text as it is compared: lower case, no marks, đ as d, words parted by one space, "4/2" kept whole."""
    return _fold_name(text) if len(text) <= _LONGEST_NAME else fold_with_offsets(text)[0]


@lru_cache(maxsize=4096)
def _fold_name(text: str) -> str:
    """Names of schools and members are compared with every report; what people write at length is not remembered."""
    return fold_with_offsets(text)[0]


def fold_with_offsets(text: str) -> tuple[str, list[int]]:
    """`fold`, and for each folded character the index in the NFC text it came from."""
    source = compose(text)
    letters = [_bare_letters(char) for char in source]
    folded: list[str] = []
    offsets: list[int] = []
    for index, char in enumerate(source):
        if letters[index]:
            folded.extend(letters[index])
            offsets.extend([index] * len(letters[index]))
        elif unicodedata.category(char).startswith("M"):
            continue
        elif folded and folded[-1] != " ":
            folded.append("/" if char == "/" and _joins(letters, folded, index) else " ")
            offsets.append(index)
    while folded and folded[-1] in " /":
        folded.pop()
        offsets.pop()
    return "".join(folded), offsets


def _joins(letters: list[str], folded: list[str], index: int) -> bool:
    follows_letter = bool(folded) and folded[-1] != "/" and bool(index and letters[index - 1])
    return follows_letter and index + 1 < len(letters) and bool(letters[index + 1])


@lru_cache(maxsize=1024)
def _bare_letters(char: str) -> str:
    if char.isascii():
        return char.lower() if char.isalnum() else ""
    decomposed = unicodedata.normalize("NFD", _STROKED.get(char, char))
    lowered = unicodedata.normalize("NFD", decomposed.lower())
    return "".join(part for part in lowered if part.isalnum() and not unicodedata.category(part).startswith("M"))


def skeleton(text: str) -> str:
    """The NFC text letter by letter without marks and in lower case: same length, punctuation and lines kept."""
    return "".join(char.lower() if char.isascii() else (_bare_letters(char) or char)[0] for char in compose(text))


def agrees(typed: str, form: str) -> bool:
    """Whether typed words can be meant as `form`: same letters, and no mark that the form lacks.

    People leave marks out ("thu tu", "thư tư") but do not put wrong ones: "một" is never "mốt".
    """
    typed_words, form_words = typed.split(), form.split()
    return len(typed_words) == len(form_words) and all(
        _may_be(typed_word, form_word) for typed_word, form_word in zip(typed_words, form_words, strict=True)
    )


def _may_be(typed: str, form: str) -> bool:
    typed_letters, typed_marks = _letters_and_marks(typed)
    form_letters, form_marks = _letters_and_marks(form)
    return typed_letters == form_letters and typed_marks <= form_marks


def _letters_and_marks(word: str) -> tuple[str, Counter[str]]:
    marks = Counter(part for part in unicodedata.normalize("NFD", word) if unicodedata.category(part) == "Mn")
    marks["đ"] = sum(word.count(char) for char in _STROKED)
    return fold(word), marks
