"""Score model.json on held-out.csv; write confusion.csv."""

import csv
from collections import Counter

from classifier import Classifier
from iris_data import read_flowers


def main():
    classifier = Classifier.load("model.json")
    flowers = read_flowers("held-out.csv")

    answers = Counter((flower.species, classifier.predict(flower)) for flower in flowers)
    with open("confusion.csv", "w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["actual"] + [f"predicted_{name}" for name in classifier.classes])
        for actual in classifier.classes:
            rows.writerow([actual] + [answers[actual, name] for name in classifier.classes])

    for (actual, predicted), count in sorted(answers.items()):
        print(f"{count} {actual} taken for {predicted}")

    loss, accuracy = classifier.score(flowers)
    print(f"rows: {len(flowers)}")
    print(f"loss: {loss:.4f}")
    print(f"accuracy: {accuracy:.4f}")


if __name__ == "__main__":
    main()
