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
MAX_ASKED = 12  # words or phrases looked for at once, and as many that must not be there
MAX_STEM = 40  # letters of a word that the index keeps
FOUND = 20  # results on a page
SNIPPET = 220  # letters shown of a post that was found
MAX_SOUGHT = 300  # letters of what somebody looks for
TOKEN_SECONDS = 7200  # how long the address of a search holds
SOUGHT_KINDS = ("opening", "answer", "wish", "mine")
