"""Numbers and codes of this room."""

MAX_WORDS = 2000
MAX_REASON = 1000
REASONS = ("unkind", "danger", "advice", "private", "selling", "agreements", "other")
KINDS = ("emergency", "suicide_crisis", "text", "domestic_abuse", "young_people", "general_listening")
