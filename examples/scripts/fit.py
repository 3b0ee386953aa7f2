"""Fits a line to points by gradient descent."""

import argparse
import random

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--learning-rate", type=float, default=0.05, help="size of a step")
parser.add_argument("--steps", type=int, default=200, help="number of steps")
parser.add_argument("--loss", choices=["squared", "absolute"], default="squared", help="what is made small")
parser.add_argument("--shuffle", action="store_true", help="take the points in a random order")
args = parser.parse_args()

points = [(x / 10, 2 * x / 10 + 1) for x in range(-10, 11)]
random.seed(7)
slope = intercept = 0.0
for _ in range(args.steps):
    if args.shuffle:
        random.shuffle(points)
    for x, y in points:
        error = slope * x + intercept - y
        gradient = error if args.loss == "squared" else (error > 0) - (error < 0)
        slope -= args.learning_rate * gradient * x
        intercept -= args.learning_rate * gradient

print("slope: %.4f" % slope)
print("intercept: %.4f" % intercept)
