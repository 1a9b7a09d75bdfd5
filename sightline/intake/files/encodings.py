"""Which encoding a text file is in. What cannot be read in it is marked, never left out.

A byte that does not belong becomes a lone surrogate or U+FFFD, and `UNREADABLE` finds it, so that
the row it stands in can be refused without the rest of the file.
"""

import codecs
import io
import re

UNREADABLE = re.compile("[\x00\ud800-\udfff\ufffd]")
_BROKEN = re.compile("[\udc80-\udcff]")
_FOREIGN = re.compile("[^\x00-\x7f]")
_SAMPLE = 4096
_BLOCK = 1 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def text_of(content: bytes, encoding: str) -> io.TextIOWrapper:
    """Return the text of a file, line ends as they are."""
    errors = "replace" if encoding.startswith("utf-16") else "surrogateescape"
    return io.TextIOWrapper(io.BytesIO(content), encoding, errors, newline="")


def encoding_of(content: bytes) -> str:
    """Return utf-8, utf-8-sig, utf-16, utf-16-le, utf-16-be or cp1252, whichever fits best."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding
    return _without_a_mark(content[:_SAMPLE]) or _utf_8_or_not(content)


def _without_a_mark(sample: bytes) -> str:
    """Tell UTF-16 by where the zero bytes of Latin letters stand."""
    first, second = sample[0::2].count(0), sample[1::2].count(0)
    many = len(sample) // 4
    if second > many and not first:
        return "utf-16-le"
    if first > many and not second:
        return "utf-16-be"
    return ""


def _utf_8_or_not(content: bytes) -> str:
    """Choose between UTF-8 and what Windows wrote before it.

    One broken byte in a UTF-8 file must not turn every accented name into two wrong letters, so
    what counts is whether more letters fit than do not.
    """
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    fitting = broken = 0
    for start in range(0, len(content), _BLOCK):
        text = decoder.decode(content[start : start + _BLOCK])
        if not text.isascii():
            odd = len(_BROKEN.findall(text))
            broken += odd
            fitting += len(_FOREIGN.findall(text)) - odd
    return "cp1252" if broken and broken >= fitting else "utf-8"
