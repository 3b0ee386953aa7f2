"""Learn to name the species; write model.json and held-out.csv."""

import argparse
import os
import random

from classifier import Classifier
from iris_data import read_flowers, split_flowers, write_flowers

MOMENTUM = {"sgd": 0.0, "momentum": 0.9}


def main():
    args = parse_args()
    train, held_out = load_split()
    # Guild links the files of a prepare run into this one: to write into test.csv would
    # change that run. So what was held out gets a name of its own.
    write_flowers("held-out.csv", held_out)

    chance = random.Random(args.seed)
    classifier = Classifier.untrained(train, chance)
    learn(classifier, train, args, chance)
    classifier.save("model.json")


def parse_args():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=50)
    parser.add_argument("--learning-rate", type=float, default=0.1)
    parser.add_argument("--batch-size", type=int, default=4)
    parser.add_argument("--optimizer", choices=sorted(MOMENTUM), default="sgd")
    parser.add_argument("--seed", type=int, default=7)
    return parser.parse_args()


def load_split():
    """Return the rows to learn from and the rows held out."""
    if os.path.exists("train.csv") and os.path.exists("test.csv"):
        train, held_out = read_flowers("train.csv"), read_flowers("test.csv")
        source = "as a prepare run split them"
    else:
        train, held_out = split_flowers(read_flowers("iris.csv"))
        source = "split here, because there is no prepare run"
    print(f"{len(train)} rows to learn from, {len(held_out)} held out, {source}", flush=True)
    return train, held_out


def learn(classifier, flowers, args, chance):
    """Change the weights by mini-batches, and print how well they do."""
    examples = [
        (classifier.inputs(flower), classifier.classes.index(flower.species))
        for flower in flowers
    ]
    velocity = [[0.0] * len(row) for row in classifier.weights]
    report_every = max(1, args.epochs // 10)

    for epoch in range(1, args.epochs + 1):
        chance.shuffle(examples)
        for start in range(0, len(examples), args.batch_size):
            batch = examples[start : start + args.batch_size]
            step(classifier, velocity, gradient(classifier, batch), args)
        if epoch in (1, args.epochs) or epoch % report_every == 0:
            loss, accuracy = classifier.score(flowers)
            print(f"step: {epoch}\nloss: {loss:.4f}\naccuracy: {accuracy:.4f}", flush=True)


def gradient(classifier, batch):
    """Return the mean gradient of the cross-entropy, in the shape of the weights."""
    total = [[0.0] * len(row) for row in classifier.weights]
    for inputs, answer in batch:
        for index, probability in enumerate(classifier.probabilities(inputs)):
            error = probability - (index == answer)
            for column, value in enumerate(inputs):
                total[index][column] += error * value / len(batch)
    return total


def step(classifier, velocity, gradients, args):
    """Move the weights against the gradient."""
    kept = MOMENTUM[args.optimizer]
    for weights, speeds, slopes in zip(classifier.weights, velocity, gradients):
        for column, slope in enumerate(slopes):
            speeds[column] = kept * speeds[column] - args.learning_rate * slope
            weights[column] += speeds[column]


if __name__ == "__main__":
    main()
