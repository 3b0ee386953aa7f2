"""Make readings.tar: a year of daily temperatures of six weather stations.

The readings are made up. They are made with whole numbers only, and the
archive without the time of day or a user's name, so that it has the same bytes
on every machine, and the Guild file can say which.
"""

import datetime
import io
import tarfile

# Tenths of a degree: the mean of the year, and how far summer and winter are from it.
STATIONS = {
    "bergen": (81, 72),
    "cairo": (222, 78),
    "lisbon": (174, 62),
    "oslo": (64, 118),
    "reykjavik": (52, 58),
    "wien": (112, 104),
}
COLDEST_DAY = 15
DAYS = 365


def temperatures(mean, swing, seed):
    chance, weather = seed, 0
    for day in range(DAYS):
        chance = (chance * 1103515245 + 12345) % 2**31
        weather = (weather * 7 + (chance >> 16) % 61 - 30) // 8
        from_coldest = (day - COLDEST_DAY) % DAYS
        season = min(from_coldest, DAYS - from_coldest) * 4 * swing // DAYS - swing
        yield mean + season + weather


def table(name, mean, swing):
    first = datetime.date(2025, 1, 1)
    lines = ["date,celsius"]
    for day, tenths in enumerate(temperatures(mean, swing, seed=sum(name.encode()))):
        sign = "-" if tenths < 0 else ""
        lines.append(f"{first + datetime.timedelta(day)},{sign}{abs(tenths) // 10}.{abs(tenths) % 10}")
    return "\n".join(lines) + "\n"


def archive():
    files = {f"readings/{name}.csv": table(name, *numbers) for name, numbers in STATIONS.items()}
    files["readings/README.txt"] = "Daily mean temperatures of 2025, made up.\n"
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for name, text in files.items():
            content = text.encode()
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            entry.mtime = 1767225600
            tar.addfile(entry, io.BytesIO(content))
    return packed.getvalue()
