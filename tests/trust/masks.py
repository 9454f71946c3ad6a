"""What the two-world comparison masks: one short list, each with its reason."""

import re

MASKS = (
    # The form's token is masked anew in every answer, by Django.
    (re.compile(rb'name="csrfmiddlewaretoken" value="[A-Za-z0-9]+"'), b'name="csrfmiddlewaretoken" value="*"'),
    # The token of a list of findings is sealed, so its bytes are random.
    (re.compile(rb"/find/[0-9a-f]{40,}/"), b"/find/*/"),
    # So is what somebody looks for among her own words.
    (re.compile(rb"/me/words/found/[0-9a-f]{40,}/"), b"/me/words/found/*/"),
    # The keys of help lines count the rows of a public list; both worlds load it alike, other tests before may not have.
    (re.compile(rb"/help-lines/\d+/|line-\d+"), b"/*/"),
    # A new note to oneself gets a random key, which only its owner ever sees.
    (re.compile(rb"/me/own/\d+/"), b"/me/own/*/"),
    # What has to come back with a form of the second step is sealed; a passkey is asked for with a random challenge; a new app gets a secret.
    (re.compile(rb'name="(half|held)" value="[0-9a-f]+"'), rb'name="\1" value="*"'),
    (re.compile(rb'data-options="[^"]+"'), b'data-options="*"'),
    (re.compile(rb'src="data:image/svg\+xml[^"]+" width="228"|<code class="code-line">[A-Z2-7 ]+<'), b"*"),
    # The disk fills or empties while the test runs; the steward's page shows how much of it is free.
    (re.compile(rb"\d+\.\d GB"), b"* GB"),
)


def mask(body: bytes) -> bytes:
    """Replace what may differ by chance."""
    for pattern, by in MASKS:
        body = pattern.sub(by, body)
    return body
