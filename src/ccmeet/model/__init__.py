"""What both halves speak of: articles, facts with their evidence, records, the archive."""
