"""Text: words, sentences, tags, lemmas and quotation marks."""
