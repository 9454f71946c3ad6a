"""Numbers of this room: every weight of the ranking stands here."""

MAX_WORDS = 4000  # letters that are read; an embedding sees the first two windows of 128 word pieces of them
CANDIDATES = 300  # groups that are scored exactly
KEPT = 100  # groups that a token remembers
SHOWN = 6
TOKEN_SECONDS = 1800
MAX_LINES = 40

WHOLE = 0.5  # likeness of the words to the group's whole card
BEST = 0.5  # likeness of the words to its best lines
NAMED = 0.20  # a concern of the group is named in the words
NEAR = 0.06  # a concern that lies near one of the group's is named
FLOOR = 0.36  # below this nothing fits, and Kith says so
SURE = 0.45  # below this it says that it is less sure
