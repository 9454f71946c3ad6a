"""Kith: an open, self-hosted home for support groups."""

__version__ = "0.1.0"
