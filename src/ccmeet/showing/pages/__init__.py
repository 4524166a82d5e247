"""The site's pages: one frozen dataclass a template, made by pure functions from a `View`."""
