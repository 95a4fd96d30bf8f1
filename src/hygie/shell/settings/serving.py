"""How many pages are made at once, and how is what is told live kept and carried?"""

from hygie.foundation import environment

# Pages that one process makes at once. One alone is fastest on short pages, and makes each wait
# for a long one.
WEB_THREADS = environment.integer("HYGIE_WEB_THREADS", 4, minimum=1, maximum=64)

# Streams that one page process holds at once, a sleeping thread each; further ones read instead.
LIVE_STREAMS = environment.integer("HYGIE_LIVE_STREAMS", 400, minimum=0, maximum=4000)
# How often a page without a stream reads, in seconds.
LIVE_POLL_S: float = environment.integer("HYGIE_LIVE_POLL_SECONDS", 5, minimum=1, maximum=300)
# What was told is replayed to a page that comes back within that many days.
LIVE_KEEP_DAYS = environment.integer("HYGIE_LIVE_KEEP_DAYS", 30, minimum=1, maximum=3650)
