"""Numbers and codes of this room."""

MAX_TITLE = 120
MAX_WORDS = 40_000
MAX_NOTE = 120
MAX_QUOTED = 2000
PAGE = 20
WISHES = ("heard", "stories", "ideas", "information")
RESPONSES = ("heard", "me_too", "hope", "thanks")
READ_GATHER = 2.0  # seconds that read marks are gathered before they are written
