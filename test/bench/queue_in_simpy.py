"""M/M/c in SimPy: for each seed the mean wait in minutes over all calls after the first day, and the time it took.

python3 queue_in_simpy.py SERVERS LOAD HANDLE_MINUTES DAYS FIRST_SEED SEEDS
"""
import json
import random
import sys
import time

import simpy

servers, load, handle, days, first, seeds = (float(each) for each in sys.argv[1:7])
DAY = 1440.0


def call(env, line, draws, waits):
    came = env.now
    with line.request() as turn:
        yield turn
        if came >= DAY:
            waits.append(env.now - came)
        yield env.timeout(draws.expovariate(1 / handle))


def calls(env, line, draws, waits, counted):
    while True:
        yield env.timeout(draws.expovariate(load / handle))
        counted[0] += 1
        env.process(call(env, line, draws, waits))


means, counted = [], [0]
started = time.process_time()
for seed in range(int(first), int(first + seeds)):
    draws, waits, env = random.Random(seed), [], simpy.Environment()
    env.process(calls(env, simpy.Resource(env, int(servers)), draws, waits, counted))
    env.run(until=days * DAY)
    means.append(sum(waits) / len(waits))
print(json.dumps({"means": means, "calls": counted[0], "seconds": time.process_time() - started, "version": simpy.__version__}))
