"""What was typed, as words to look for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .fold import fold

#: What may stand before a colon, and the field that the word is then looked for in.
FIELDS = {
    "标题": "title",
    "文号": "document_number",
    "索引号": "index_number",
    "村": "publisher",
    "单位": "publisher",
    "发布单位": "publisher",
    "类别": "category",
    "附件": "attachments",
    "年": "year",
    **{"標題": "title", "文號": "document_number", "索引號": "index_number"},
    **{"單位": "publisher", "發布單位": "publisher", "類別": "category"},
}
_QUOTES = '"“”„＂「」'
#: A minus, a field, then words in quotation marks (the last may be missing) or up to the next white space.
#: Quotation marks with something before or behind them belong to the text.
_WORD = re.compile(
    rf"(?P<minus>[-－])?(?:(?P<field>{'|'.join(FIELDS)})[:：]\s*)?"
    rf"(?:[{_QUOTES}](?P<quoted>[^{_QUOTES}]*)(?:[{_QUOTES}](?=\s|\Z)|\Z)|(?P<plain>\S+))"
)


@dataclass(frozen=True, slots=True)
class Word:
    """One thing to look for: `text` is folded, `shown` as it was typed.

    A quoted one is looked for as it is; an `excluded` one must not be there. `literal` is what was typed with
    the field: where that answers nothing, it may be meant as it stands (单位：万元).
    """

    text: str
    shown: str
    field: str = ""
    quoted: bool = False
    excluded: bool = False
    literal: str = ""


def parse(query: str) -> tuple[Word, ...]:
    """The words of a query; what folds to nothing is left out."""
    words = []
    for match in _WORD.finditer(query):
        quoted = match["quoted"] is not None
        shown = match["quoted"] if quoted else match["plain"]
        if text := fold(shown):
            field = FIELDS.get(match["field"], "")
            literal = fold(f"{match['field']}:{shown}") if field else ""
            words.append(Word(text, shown.strip(), field, quoted, bool(match["minus"]), literal))
    return tuple(words)
