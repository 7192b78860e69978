"""Words of the field that mean the same, from data/synonyms.yml."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml

from .fold import fold


@cache
def synonyms() -> dict[str, list[str]]:
    """For each word, folded, the words that it is also looked for as."""
    given = yaml.safe_load(files(__package__).joinpath("data/synonyms.yml").read_text("utf-8"))
    found: dict[str, list[str]] = {}
    for group in given["both"]:
        for word in group:
            found.setdefault(fold(word), []).extend(other for other in group if other != word)
    for word, others in given["old"].items():
        found.setdefault(fold(word), []).extend(others)
    return found
