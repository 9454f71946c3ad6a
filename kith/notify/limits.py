"""Numbers of this room."""

LEASE = 120  # seconds that a worker holds a letter
MAX_ATTEMPTS = 12
KEEP_DAYS = 7
LETTER_GAP = 12 * 3600  # seconds between two letters to one mailbox: "a notice waits" is said once
CONFIRM_A_DAY = 4  # letters that ask one mailbox's owner whether an address is hers
SETTINGS_BYTES = 64  # a mailbox's settings are padded to this, whatever they say
