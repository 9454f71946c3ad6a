"""Numbers and codes of this room."""

MAX_TITLE = 120
MAX_WORDS = 40_000
MAX_NOTE = 120
MAX_QUOTED = 2000
MAX_TAG = 30
MOST_NAMED = 10  # people called in one post
MAX_TAGS = 3  # of one topic
GROUP_TAGS = 12
KEEP_DAYS = 30  # so long a post that was taken back can be restored
PAGE = 20
GIST = 220  # letters of a post in my words: three lines on a wide screen
WISHES = ("heard", "stories", "ideas", "information")
RESPONSES = ("heard", "me_too", "hope", "thanks")
READ_GATHER = 2.0  # seconds that read marks are gathered before they are written
