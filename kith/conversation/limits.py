"""Numbers and codes of this room."""

MAX_TITLE = 120
MAX_WORDS = 40_000
MAX_NOTE = 120
WISHED_SHOWN = 4  # suggestions for a note that an author is offered
MAX_QUOTED = 2000
MAX_TAG = 30
MOST_NAMED = 10  # people called in one post
MAX_TAGS = 3  # of one topic
GROUP_TAGS = 12
KEEP_DAYS = 30  # so long a post that was taken back can be restored
MAX_EXPORT = 60_000_000  # letters of one download: it is packed in memory
TAKING = ("take_back", "take_back_rest")  # errands that take words back
TAKEN_AT_ONCE = 100  # posts that are taken back, or brought back, in one transaction
MAX_LATER = 2000  # letters of "how I see it now"
DROPPED_AT_ONCE = 50  # posts whose last bytes go in one transaction
PAGE = 20
GIST = 220  # letters of a post in my words: three lines on a wide screen
WISHES = ("heard", "stories", "ideas", "information")
OWN_KINDS = ("topics", "answers")
OWN_STATES = ("shown", "folded", "returned", "back", "later")  # how my own posts are told apart
RESPONSES = ("heard", "me_too", "hope", "thanks")
# Where words stand that somebody may take back; scrubbed when they have gone.
TABLES_OF_WORDS = (
    "conversation_post", "conversation_revision", "conversation_draft", "conversation_topic", "safety_report", "safety_decision", "notify_notice",
    "conversation_searched",
)  # fmt: skip
READ_GATHER = 2.0  # seconds that read marks are gathered before they are written
PATIENCE_MINUTES = 30  # before anybody is told that a post waits: time for people to answer by themselves
TELL_MEMBERS = 5  # so many willing members are told of one post
TELL_A_DAY = 2  # so often one of them is told in a day
TURN_DAYS = 30  # so long it counts that one was told, when turns are taken
SPEED_DAYS, SPEED_LEAST, SPEED_MOST = 90, 10, 500  # topics that say how soon a group answers: how old, how few, how many
MAX_PICTURES = 4  # in one post
MAX_ALT = 1000
UNPOSTED_DAYS = 3  # that a picture waits for its post
MAX_ASKED = 12  # words or phrases looked for at once, and as many that must not be there
MAX_STEM = 40  # letters of a word that the index keeps
FOUND = 20  # results on a page
SNIPPET = 220  # letters shown of a post that was found
MAX_SOUGHT = 300  # letters of what somebody looks for
TOKEN_SECONDS = 7200  # how long the address of a search holds
SOUGHT_KINDS = ("opening", "answer", "wish", "mine")
