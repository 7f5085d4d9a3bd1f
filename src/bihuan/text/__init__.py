"""Characters: normalising with an offset map, numbering, sentences, words, Chinese dates and numbers."""
