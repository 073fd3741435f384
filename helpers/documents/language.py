"""Which language a text is in, and which documents the analyses can read."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from .model import KitError, told, words

if TYPE_CHECKING:
    import pandas as pd

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
ENGLISH = frozenset(words("english"))
LATIN = re.compile("[a-zà-\u024f]")
SAMPLE = 8_000  # letters, at the beginning and in the middle
SURE = 0.9  # least probability at which a text in Latin letters is said not to be English


def english(documents: pd.DataFrame) -> pd.DataFrame:
    """The documents that the analyses can read: those that are not in another language.

    What has no language, and every document of a table without that column, is taken as English.
    A missing text is an empty one. Raises KitError when this is no table of documents.

    >>> import pandas as pd
    >>> english(pd.DataFrame({"text": ["Oui.", "Yes."], "language": ["fr", "en"]}))["text"].tolist()
    ['Yes.']
    """
    if not hasattr(documents, "columns"):
        kind, given = type(documents).__name__, str(documents)[:40]
        raise KitError(told("no_table", kind=kind, given=given))
    if "text" not in documents:
        shown = ", ".join(map(str, documents.columns[:8])) or "none"
        raise KitError(told("no_text_column", columns=shown))
    if not documents.index.is_unique:
        raise KitError(told("one_name", doc=documents.index[documents.index.duplicated()][0]))
    missing = [not isinstance(text, str) for text in documents["text"]]
    if any(missing):
        documents = documents.assign(text=documents["text"].mask(missing, ""))
    given = documents.get("language", ())
    read = [not isinstance(one, str) or language_code(one) in ("", "en") for one in given]
    return documents if all(read) else documents[read]


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of the language of most of a text; None where it has no words.

    English is assumed unless another language is clear, so short texts are English. A text in
    another language with English quotations is not English.

    >>> language_of("Le ministre a parlé à la presse hier soir."), language_of("Bangkok")
    ('fr', 'en')
    """
    middle = max(SAMPLE, (len(text) - SAMPLE) // 2)
    sample = f"{text[:SAMPLE]} {text[middle : middle + SAMPLE]}".lower()
    found = WORD.findall(sample)
    if not found:
        return None
    if sum(map(ENGLISH.__contains__, found)) * 5 >= len(found):
        return "en"
    latin = len(LATIN.findall(sample)) > 0.6 * sum(map(str.isalpha, sample))
    code, probability = _classifier().classify(" ".join(found))
    return code if probability >= SURE or not latin else "en"


@lru_cache(1000)
def language_code(given: str) -> str:
    """A language as people write it ("English", "en-GB", "eng") as an ISO 639-1 code.

    >>> language_code("English"), language_code("en-GB"), language_code("FRE")
    ('en', 'en', 'fr')
    """
    first = re.split(r"[\s_,;/(-]", given.strip().lower(), maxsplit=1)[0][:12]
    if len(first) <= 2:
        return first
    from babel.core import Locale, get_global

    codes = {name.lower(): code for code, name in Locale("en").languages.items()}
    return codes.get(first) or get_global("language_aliases").get(first) or first


def language_name(code: str) -> str:
    """The English name of a language: "French" for "fr"; the code where it is a rare one."""
    from babel.core import Locale

    return Locale("en").languages.get(code, f"a language with the code {code!r}")


@cache
def _classifier():
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
