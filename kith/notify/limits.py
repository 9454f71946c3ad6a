"""Numbers of this room."""

LEASE = 120  # seconds that a worker holds a letter
RETRY_MOST = 60  # minutes between two attempts at most: an hour after a mail server is back, nothing waits any more
GIVE_UP_DAYS = 5  # it may be down for a long weekend,
GIVE_UP_ATTEMPTS = 12  # and so may we: a letter is tried that often in any case
AT_ONCE = 20  # letters in one round of the worker,
ROUND = 30.0  # and seconds after which it begins no other: a slow mail server holds up nothing else
KEEP_DAYS = 7
MOVED_AT_ONCE = 500  # notices that are led elsewhere by one statement
LETTER_GAP = 12 * 3600  # seconds between two letters to one mailbox: "a notice waits" is said once
CONFIRM_A_DAY = 4  # letters that ask one mailbox's owner whether an address is hers
SETTINGS_BYTES = 256  # what a mailbox keeps for its owner is padded to this, whatever it says
MOST_SEEN = 12  # notices seen one by one that it remembers, beside "all up to this one"
