"""What a backup that cannot be made or used is called."""


class Unusable(Exception):
    """It cannot be made, opened or restored; the words say what to do."""
