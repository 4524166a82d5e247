"""YAML ↔ records and JSON ↔ extracted records: strict in, canonical out."""

from typing import Any

import yaml


def load_data(text: str) -> Any:
    """ccmeet's own lexicon and outlet files, every scalar a string, as YAML's base schema says."""
    return yaml.load(text, Loader=yaml.CBaseLoader)
