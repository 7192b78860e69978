"""noticeboard 公开栏: a public notice board from Markdown notices, and nothing else gets out."""

__version__ = "0.1.0"
