"""Numbers and codes of this room."""

MAX_WORDS = 2000
LATE_DAYS = 7  # a report that waits longer is told to those who run the site, and the reporter is told so
COPY_DAYS = 30  # so long an open report keeps a copy of what it is about
MAX_REASON = 1000
REASONS = ("unkind", "danger", "advice", "private", "selling", "agreements", "other")
KINDS = ("emergency", "suicide_crisis", "text", "domestic_abuse", "young_people", "general_listening")
