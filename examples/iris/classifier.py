"""Softmax regression: one weight for each species and feature, and a bias."""

import json
import math


class Classifier:
    """Gives each species a probability, from the features of a flower."""

    def __init__(self, classes, means, deviations, weights):
        self.classes = classes
        self.means = means
        self.deviations = deviations
        self.weights = weights

    @classmethod
    def untrained(cls, flowers, chance):
        """Make a classifier for these flowers' species, with small random weights."""
        classes = sorted({flower.species for flower in flowers})
        columns = list(zip(*(flower.features for flower in flowers)))
        means = [sum(column) / len(column) for column in columns]
        # A column that is the same everywhere has no deviation: 1 leaves it at zero.
        deviations = [
            math.sqrt(sum((value - mean) ** 2 for value in column) / len(column)) or 1.0
            for column, mean in zip(columns, means)
        ]
        weights = [[chance.gauss(0, 0.01) for _ in range(len(columns) + 1)] for _ in classes]
        return cls(classes, means, deviations, weights)

    @classmethod
    def load(cls, path):
        """Read what save wrote."""
        with open(path, encoding="utf-8") as file:
            data = json.load(file)
        return cls(data["classes"], data["means"], data["deviations"], data["weights"])

    def save(self, path):
        """Write the classifier as JSON, with full precision."""
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            json.dump(vars(self), file, indent=2)
            file.write("\n")

    def inputs(self, flower):
        """Bring features to mean 0 and deviation 1, and append the bias's 1."""
        scaled = zip(flower.features, self.means, self.deviations)
        return [(value - mean) / deviation for value, mean, deviation in scaled] + [1.0]

    def probabilities(self, inputs):
        """Return the probability of each class, in the order of the classes."""
        scores = [sum(w * x for w, x in zip(row, inputs)) for row in self.weights]
        # Without the highest score taken off, exp overflows for large weights.
        highest = max(scores)
        powers = [math.exp(score - highest) for score in scores]
        total = sum(powers)
        return [power / total for power in powers]

    def predict(self, flower):
        """Return the most probable species."""
        probabilities = self.probabilities(self.inputs(flower))
        return self.classes[probabilities.index(max(probabilities))]

    def score(self, flowers):
        """Return the mean cross-entropy and the share of right answers."""
        loss = 0.0
        right = 0
        for flower in flowers:
            probabilities = self.probabilities(self.inputs(flower))
            probability = probabilities[self.classes.index(flower.species)]
            loss -= math.log(max(probability, 1e-12))
            right += probability == max(probabilities)
        return loss / len(flowers), right / len(flowers)
