"""Print what the temperatures of each station were like."""

import csv
import pathlib
import statistics


def main():
    print(f"{'station':<12}{'days':>5}{'coldest':>9}{'mean':>7}{'warmest':>9}{'frost days':>12}")
    means = {}
    total = 0
    for path in sorted(pathlib.Path("data").glob("*.csv")):
        with path.open(newline="") as file:
            celsius = [float(row["celsius"]) for row in csv.DictReader(file)]
        means[path.stem] = mean = statistics.fmean(celsius)
        total += len(celsius)
        frost = sum(value < 0 for value in celsius)
        print(f"{path.stem:<12}{len(celsius):>5}{min(celsius):>9.1f}{mean:>7.1f}{max(celsius):>9.1f}{frost:>12}")
    if not means:
        raise SystemExit("There are no readings in the folder data.")
    print(f"stations: {len(means)}")
    print(f"readings: {total}")
    print(f"mean: {statistics.fmean(means.values()):.2f}")
    print(f"range_of_means: {max(means.values()) - min(means.values()):.2f}")


if __name__ == "__main__":
    main()
