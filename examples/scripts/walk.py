"""Walks at random, and says how far it came."""

import random

steps = 1000
stride = 1.0
seed = 7

random.seed(seed)
position = sum(random.choice((-stride, stride)) for _ in range(steps))
print("distance: %.2f" % abs(position))
