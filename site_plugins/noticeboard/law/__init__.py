"""What the law sets, as data with its article: laws, limits, the two standard directories, holidays."""
