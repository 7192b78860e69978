"""The labelled corpus: what it is made of. `scripts/corpus.py` makes it and measures by it."""
