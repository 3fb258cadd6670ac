"""Disputed names: both in what all read, and each capital's own in what it alone reads."""

import re
from collections.abc import Mapping
from typing import Final

import pytest

from rules.checks.leaks import Told, every_text
from rules.scenario import Scenario
from server.library import Library
from tests.table import SHELF

BOTH: Final[Mapping[str, str]] = {
    "en": "Dokdo/Takeshima|Sea of Japan / East Sea",
    "ja": "竹島/独島|日本海/東海",
    "ko": "독도/다케시마|동해/일본해",
}
TOKYOS: Final[Mapping[str, str]] = {
    "en": "Takeshima|Sea of Japan",
    "ja": "竹島|日本海",
    "ko": "다케시마|일본해",
}
SEOULS: Final[Mapping[str, str]] = {
    "en": "Dokdo|East Sea",
    "ja": "独島|東海(?!（トンヘ）)",  # not the port
    "ko": "독도|동해(?!안|항| 기지)",  # nor the east coast
}


@pytest.mark.parametrize("scenario", SHELF)
def test_disputed_names_stand_together_but_in_a_capitals_own_texts(scenario: str) -> None:
    texts = list(every_text(_book(scenario)))
    wrong = [
        (told.path, language, found[0])
        for told in texts
        for language, words in told.text.items()
        if (found := re.search(_foreign(told, language), re.sub(BOTH[language], "", words)))
    ]
    assert not wrong
    assert any(re.search(BOTH["en"], told.text.get("en", "")) for told in texts)


def _foreign(told: Told, language: str) -> str:
    """The names that do not stand alone in a text of these readers."""
    if told.to == {"tokyo"}:
        return SEOULS[language]
    if told.to == {"seoul"}:
        return TOKYOS[language]
    return f"{TOKYOS[language]}|{SEOULS[language]}"


def _book(scenario: str) -> Scenario:
    book = Library().load(scenario).scenario
    assert book is not None
    return book
