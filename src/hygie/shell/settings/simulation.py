"""Where are thousands of rehearsed attacks computed: here, or on other machines?"""

from hygie.foundation import environment

# Address of a Dask scheduler, "tcp://machine:8786"; "" computes in the worker itself.
DASK_SCHEDULER = environment.text("HYGIE_DASK_SCHEDULER", "").strip()
# Threads that one rehearsal may take here: fewer leave room for pages on the same machine.
SIMULATION_THREADS = environment.integer("HYGIE_SIMULATION_THREADS", 2, minimum=1, maximum=256)
