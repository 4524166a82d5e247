"""From records to a site: pages, rendering, search, downloads. Knows nothing of the parser."""
