"""Numbers of this room."""

MAX_SIGN_IN_NAME = 40
MIN_PHRASE = 15  # NIST SP 800-63B-4: the length where a pass-phrase is the only factor
MAX_PHRASE = 512
CODES = 10
BLOB_STEP = (
    2048  # a person's sealed list is padded to steps of this many bytes: 20 groups that she is in and 40 that she has left
)
SHARED_IDLE = 2 * 3600  # seconds until a shared device must sign in again
OWN_IDLE = 30 * 24 * 3600
CONSENT_VERSION = 1
