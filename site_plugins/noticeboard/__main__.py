"""`python -m noticeboard`."""

from .cli.main import main

main()
