"""Check the dataset, and split it into train.csv and test.csv."""

import argparse

from iris_data import (
    DEFAULT_SEED,
    DEFAULT_TEST_FRACTION,
    read_flowers,
    split_flowers,
    write_flowers,
)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--test-fraction", type=float, default=DEFAULT_TEST_FRACTION)
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
    args = parser.parse_args()

    flowers = read_flowers("iris.csv")
    train, test = split_flowers(flowers, args.test_fraction, args.seed)
    write_flowers("train.csv", train)
    write_flowers("test.csv", test)

    print(f"rows: {len(flowers)}")
    print(f"species: {len({flower.species for flower in flowers})}")
    print(f"train_rows: {len(train)}")
    print(f"test_rows: {len(test)}")


if __name__ == "__main__":
    main()
