"""What ``make bench`` runs: how fast readers are answered, then how fast drafts are made."""

from bench import reading, seeding
from bench.run import quick, whole_run

DOCUMENTS = 200


def main() -> None:
    with whole_run("bench") as deadline:
        reading.run(reading.SIZE, seconds=1 if quick() else reading.SECONDS, deadline=deadline)
        seeding.run(DOCUMENTS // 4 if quick() else DOCUMENTS)


if __name__ == "__main__":
    main()
