"""ccmeet makes a static archive of inter-city meetings from the news that reports them."""

__version__ = "0.1.0"
