"""Which words do those who tell, those who carry and those who listen share?"""

import re

# What a name may be made of: it goes into addresses of scripts, attributes and lines of a stream.
KIND = re.compile(r"[a-z][a-z0-9_.-]{0,59}")
NAME_LENGTH = 120
# An event says what changed; whoever may see it reads it again. It is no way to carry documents.
PAYLOAD_BYTES = 16 * 1024
# The one PostgreSQL notification that wakes those who carry; it names the channel told on.
NOTIFICATION = "hygie_live"

# Kinds of our own start so; nobody else's may.
OWN = "live."
HELLO = "live.hello"
BEAT = "live.beat"
# Too far behind for what is kept, or from another database: the page has to be read again.
RESET = "live.reset"
# No stream here: read every so often instead.
POLL = "live.poll"
# Rights changed: whoever listens is asked for theirs again at once. Never shown.
RIGHTS = "live.rights"
