"""The name of one finding: made of the thing, of the text around it and of a key, leading back to neither."""

from __future__ import annotations

import hmac
import json
import re
import secrets
from hashlib import sha256
from pathlib import Path

from ..privacy.finding import Finding
from ..readers.passage import Passage

#: How much of a passage before and after a finding belongs to it, in characters.
AROUND = 40
_LENGTH = 20
_SPACES = re.compile(r"\s+")


#: Lies beside mkdocs.yml and is committed with the notices, so that everybody's fingerprints are the same.
KEY_FILE = ".noticeboard-key"


def kept_key(folder: Path) -> bytes:
    """The key of the board in `folder`; made and kept there where there is none yet.

    Where nothing can be written, a key of this run alone: its fingerprints match no waiver.
    """
    file, made = folder / KEY_FILE, secrets.token_hex(32)
    try:
        with file.open("x", encoding="ascii", newline="\n") as stream:
            stream.write(f"{made}\n")
    except FileExistsError:
        kept = file.read_bytes().strip() if file.is_file() else b""
        return kept or made.encode()
    except OSError:
        return made.encode()
    return made.encode()


def fingerprint(key: bytes, path: str, passage: Passage, finding: Finding) -> str:
    """Twenty hexadecimal digits that a waiver names a finding by.

    Any change to the thing, to how sure it is, to the words around it (heading, row, 40 characters on
    each side) or to the path of the file gives another one. Without `key`, which stays in the board's
    private repository, nobody can try out numbers until one fits.
    """
    before = passage.text[max(0, finding.start - AROUND) : finding.start]
    after = passage.text[finding.end : finding.end + AROUND]
    around = [_SPACES.sub("", text) for text in (before, after, passage.heading, passage.row)]
    message = json.dumps([path, finding.kind, finding.confidence, finding.value, *around], ensure_ascii=False)
    return hmac.new(key, message.encode(), sha256).hexdigest()[:_LENGTH]
