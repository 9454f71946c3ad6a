"""Numbers of this room."""

LEASE = 120  # seconds that a worker holds a letter
MAX_ATTEMPTS = 12
KEEP_DAYS = 7
MOVED_AT_ONCE = 500  # notices that are led elsewhere by one statement
LETTER_GAP = 12 * 3600  # seconds between two letters to one mailbox: "a notice waits" is said once
CONFIRM_A_DAY = 4  # letters that ask one mailbox's owner whether an address is hers
SETTINGS_BYTES = 256  # what a mailbox keeps for its owner is padded to this, whatever it says
MOST_SEEN = 12  # notices seen one by one that it remembers, beside "all up to this one"
