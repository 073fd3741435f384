"""Which language a text is in, and which documents the analyses can read."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from .model import KitError

if TYPE_CHECKING:
    import pandas as pd

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
ENGLISH = frozenset(
    "the of and to in a is that for on with as by at from was it are be this "
    "have has he said not an will they but which or their we his".split()
)
SAMPLE = 8_000  # letters, at the beginning and in the middle
ENOUGH = 6  # words: what is shorter is English unless its letters say otherwise
SURE = 0.9  # least probability at which a text is said not to be English
NAMES = {
    "ar": "Arabic",
    "bg": "Bulgarian",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "es": "Spanish",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "hu": "Hungarian",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "kk": "Kazakh",
    "ko": "Korean",
    "ky": "Kyrgyz",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sr": "Serbian",
    "sv": "Swedish",
    "th": "Thai",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "uz": "Uzbek",
    "vi": "Vietnamese",
    "zh": "Chinese",
}
CODES = {name.lower(): code for code, name in NAMES.items()} | {"english": "en"}
THREE = {
    "eng": "en",
    "fra": "fr",
    "fre": "fr",
    "deu": "de",
    "ger": "de",
    "spa": "es",
    "rus": "ru",
    "zho": "zh",
    "chi": "zh",
    "ita": "it",
    "por": "pt",
    "jpn": "ja",
}
SCRIPTS = (
    (re.compile("[\u0400-\u052f]"), "ru"),
    (re.compile("[\u0600-\u06ff]"), "ar"),
    (re.compile("[\u3040-\u30ff]"), "ja"),
    (re.compile("[\u4e00-\u9fff]"), "zh"),
    (re.compile("[\uac00-\ud7af]"), "ko"),
    (re.compile("[\u0370-\u03ff]"), "el"),
)


def english(documents: pd.DataFrame) -> pd.DataFrame:
    """The documents that the analyses can read: those that are not in another language.

    What has no language, and every document of a table without that column, is taken as English.
    Raises KitError when this is no table of documents.

    >>> import pandas as pd
    >>> english(pd.DataFrame({"text": ["Oui.", "Yes."], "language": ["fr", "en"]}))["text"].tolist()
    ['Yes.']
    """
    how = 'load(path) makes one, and so does pd.DataFrame({"text": ["…"]})'
    if not hasattr(documents, "columns"):
        raise KitError(
            f"a table of documents is wanted here, not {type(documents).__name__} "
            f"({str(documents)[:40]!r}) — {how}"
        )
    if "text" not in documents:
        shown = ", ".join(map(str, documents.columns[:8])) or "none"
        raise KitError(f"no column 'text' in the table of documents (its columns: {shown}) — {how}")
    if "language" not in documents:
        return documents
    other = [
        isinstance(given, str) and bool(given.strip()) and language_code(given) != "en"
        for given in documents["language"]
    ]
    return documents[[not one for one in other]] if any(other) else documents


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of the language of most of a text; None where it has no words.

    English is assumed unless another language is clear, so short texts are English. A text in
    another language with English quotations is not English.

    >>> language_of("Le ministre a parlé à la presse hier soir."), language_of("Bangkok")
    ('fr', 'en')
    """
    middle = max(0, (len(text) - SAMPLE) // 2)
    sample = f"{text[:SAMPLE]} {text[max(SAMPLE, middle) :][:SAMPLE]}".lower()
    words = WORD.findall(sample)
    if not words:
        return None
    if sum(map(ENGLISH.__contains__, words)) * 5 >= len(words):
        return "en"
    script = _script(sample)
    if len(words) < ENOUGH and script is None:
        return "en"
    code, probability = _classifier().classify(" ".join(words))
    if script:
        return code if code != "en" and probability > 0.3 else script
    return code if probability >= SURE else "en"


def language_code(given: str) -> str:
    """A language as people write it ("English", "en-GB", "eng") as an ISO 639-1 code.

    >>> language_code("English"), language_code("en-GB"), language_code("FRE")
    ('en', 'en', 'fr')
    """
    first = re.split(r"[\s_,;/(-]", given.strip().lower(), maxsplit=1)[0]
    return CODES.get(first) or THREE.get(first) or first[:12]


def language_name(code: str) -> str:
    """The English name of a language: "French" for "fr"; the code where it is a rare one."""
    return NAMES.get(code, f"a language with the code {code!r}")


def _script(sample: str) -> str | None:
    """The likeliest language of a script that is not Latin, when most letters are of it."""
    letters = sum(map(str.isalpha, sample)) or 1
    for pattern, code in SCRIPTS:
        if len(pattern.findall(sample)) > 0.4 * letters:
            return code
    return None


@cache
def _classifier():
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
