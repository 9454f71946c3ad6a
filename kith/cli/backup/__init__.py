"""Backups: made while the site runs, sealed to a key that lies elsewhere, restored whole or not at all, and proven by a drill."""
