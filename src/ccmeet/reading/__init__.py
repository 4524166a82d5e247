"""From what was printed to records: assemble, merge, store, lint. Knows nothing of the site."""
