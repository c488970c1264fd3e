"""The audit fails for a known hole and for nothing else."""

from __future__ import annotations

import json

import pytest

from tests.security.audit import judge

SOUND: dict[str, object] = {"name": "httpx", "version": "0.28.1", "vulns": []}
HOLE = {"name": "old", "version": "1.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1"]}]}


def test_a_known_hole_fails_and_is_named() -> None:
    outcome = judge(json.dumps({"dependencies": [SOUND, HOLE]}))
    assert outcome.status == 1
    assert "old 1.0: PYSEC-1, mended in 1.1" in outcome.words


def test_sound_packages_pass() -> None:
    assert judge(json.dumps({"dependencies": [SOUND]})).status == 0


@pytest.mark.parametrize("output", ["", "no connection", "{}", "[]", '{"dependencies": []}'])
def test_a_look_up_that_failed_passes_and_says_so(output: str) -> None:
    outcome = judge(output)
    assert outcome.status == 0
    assert "could not be looked up" in outcome.words
