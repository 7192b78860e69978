"""The search index of a board: made at build time, read by a small script and by the terminal.

Knows neither MkDocs nor the board; docs/search-index.md describes the files.
"""
