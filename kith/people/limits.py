"""Numbers of this room."""

MAX_SIGN_IN_NAME = 40
MIN_PHRASE = 15  # NIST SP 800-63B-4: the length where a pass-phrase is the only factor
MAX_PHRASE = 512
CODES = 10
SAME_EMAIL = 3  # accounts with one address among which a pass-phrase is looked for, always as many times
BLOB_STEP = (
    2048  # a person's sealed list is padded to steps of this many bytes: 20 groups that she is in and 40 that she has left
)
SHARED_IDLE = 2 * 3600  # seconds of nothing until a shared device must sign in again
SHARED_MOST = 12 * 3600  # seconds until it must in any case
OWN_IDLE = OWN_MOST = 30 * 24 * 3600  # a device of one's own: thirty days from signing in, as the page says
IDLES = (15, 60, 24 * 60)  # minutes of nothing that a person may choose instead, where they are fewer
STAFF_IDLE, STAFF_MOST = 15 * 60, 12 * 3600  # whoever runs the site, on any device
MAX_FILTERS = 24  # own words
MAX_FILTER = 30  # letters of one
MAX_OWN_NAME = 60
FILTERS_STEP = 4096  # her sealed filters are padded to this: they fit in whatever alphabet, so that all are of one size
MAX_OWN_WORDS = 40_000  # letters of a note to oneself: as many as a post may have
MAX_OWN_NOTES = 1000
OWN_NOTE_LEAST = 2048  # bytes; a sealed note is padded to this, or to twice, four times ... as much
OWN_HEAD = 768  # bytes; every sealed head is padded to this: how a note begins always fits
FACTOR_BYTES = 1024  # every sealed factor is padded to this
MAX_FACTORS = 10
MAX_FACTOR_NAME = 40
GUESSES_AN_HOUR = 20  # failures at one name within an hour, from wherever they come; then only known devices are heard
GUESSES = 100  # failures in a row: NIST SP 800-63B-4, 3.2.2
HAPPENING_BYTES = 96
MAX_HAPPENINGS = 50  # the oldest go
TALLY_BYTES = 64
UNDO_BYTES = 2048  # every one is padded to this
LOOK_BYTES = 192  # every line of the list of looks is padded to this
CONSENT_VERSION = 1
