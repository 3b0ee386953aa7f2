"""The rows of the dataset: reading, checking, splitting and writing them."""

import csv
import math
import random
import sys
from collections import defaultdict
from typing import NamedTuple, Tuple

FEATURES = ["sepal_length", "sepal_width", "petal_length", "petal_width"]
COLUMNS = FEATURES + ["species"]

DEFAULT_TEST_FRACTION = 0.2
DEFAULT_SEED = 7


class Flower(NamedTuple):
    """One row: four lengths in centimetres, and the species."""

    features: Tuple[float, ...]
    species: str


def read_flowers(path):
    """Read every row of a CSV file; end the program at the first bad one."""
    with open(path, encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        if next(rows, None) != COLUMNS:
            sys.exit(f"{path}, line 1: expected the columns {','.join(COLUMNS)}")
        flowers = [_flower(row, f"{path}, line {rows.line_num}") for row in rows if row]
    if len({flower.species for flower in flowers}) < 2:
        sys.exit(f"{path}: expected rows of at least two species")
    return flowers


def _flower(row, place):
    if len(row) != len(COLUMNS):
        sys.exit(f"{place}: expected {len(COLUMNS)} values, not {len(row)}")
    try:
        features = tuple(float(text) for text in row[:-1])
    except ValueError:
        sys.exit(f"{place}: expected numbers before the species")
    if not all(math.isfinite(value) and value > 0 for value in features):
        sys.exit(f"{place}: expected lengths above zero")
    species = row[-1].strip()
    if not species:
        sys.exit(f"{place}: expected a species")
    return Flower(features, species)


def write_flowers(path, flowers):
    """Write rows in the form that read_flowers reads."""
    with open(path, "w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(COLUMNS)
        rows.writerows([*flower.features, flower.species] for flower in flowers)


def split_flowers(flowers, test_fraction=DEFAULT_TEST_FRACTION, seed=DEFAULT_SEED):
    """Split into rows to learn from and rows to test on, in the order of the file.

    The same share of every species is held out, so that a small test set does not
    miss a species by bad luck.
    """
    indices_by_species = defaultdict(list)
    for index, flower in enumerate(flowers):
        indices_by_species[flower.species].append(index)

    chance = random.Random(seed)
    held_out = set()
    for species in sorted(indices_by_species):
        indices = indices_by_species[species]
        count = max(1, round(len(indices) * test_fraction))
        held_out.update(chance.sample(indices, count))

    train = [flower for index, flower in enumerate(flowers) if index not in held_out]
    test = [flower for index, flower in enumerate(flowers) if index in held_out]
    return train, test
