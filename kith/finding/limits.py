"""Numbers of this room: every weight of the ranking stands here. They were chosen on tests/tuning.json alone."""

MAX_WORDS = 4000  # letters that are read; an embedding sees the first two windows of 128 word pieces of them
KEPT = 100  # groups that are scored to the end, and that a token remembers
SHOWN = 6
TOKEN_SECONDS = 1800
MAX_LINES = 40
RECIPE = 1  # raised when cards are made in another way, or of another vocabulary; then all are made anew

WORDS = 2.0  # words shared with what people say of a concern, beside how near the whole lies to it
PAIRS = 3.0  # and pairs of words
NAMED = 0.2  # the concern is named in the words
WHOLE = 0.25  # likeness of the words to the group's whole card
BEST = 0.5  # likeness of the words to its best two lines
SPEAKS = 0.6  # words that speak less than this of every concern there is are about none of them, and nothing fits
OUT_OF_REACH = 9.0  # a score that no group has
FLOOR = 0.19  # how far a group must lie above the likest concern that no group is for, to be shown as one that may fit
SURE = 0.35  # below this Kith says of such a group that it is less sure
NEAR = 0.05  # where no group reaches the floor, those above this are shown as the nearest; below, nothing fits, and Kith says so
NEAREST = 3  # so many of them
PLAINLY = 0.5  # from here on a concern is what the words plainly speak of, and the reason that is named
BEHIND = 0.35  # a group this far behind the first is not shown
