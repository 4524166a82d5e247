"""How long a build takes: from nothing, with nothing to do, after one edit.

    python tests/benchmarks/building.py DIR [ROUNDS]

DIR holds a parsed archive: `archive.py DIR N`, then `ccmeet --root DIR parse`. Three rounds (if
not said) take turns; medians are printed in seconds and as a part of the build from nothing, and
the most memory that one process held. The edit appends a sentence to an article's note.
"""

import resource
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic


def _afresh(root: Path) -> None:
    shutil.rmtree(root / "build", ignore_errors=True)
    for name in ("built", "left"):
        (root / ".ccmeet" / name).unlink(missing_ok=True)


def _edit(root: Path) -> None:
    files = sorted((root / "content/records/articles").glob("*.yaml"))
    file = files[len(files) // 2]
    lines = file.read_text("utf-8").splitlines()
    notes = [line for line in lines if line.startswith("note: ")] or ["note: 核对过。"]
    rest = [line for line in lines if not line.startswith("note: ")]
    file.write_text("\n".join([*rest, f"{notes[0]}又一次。", ""]), "utf-8")


def _nothing(root: Path) -> None:
    """No change at all."""


ROUND: dict[str, Callable[[Path], None]] = {
    "from nothing": _afresh,
    "nothing to do": _nothing,
    "one edit": _edit,
}


def measure(root: Path, rounds: int) -> dict[str, float]:
    """Median seconds of each kind of build, from start to end of the command."""
    taken: dict[str, list[float]] = {name: [] for name in ROUND}
    for _ in range(rounds):
        for name, change in ROUND.items():
            change(root)
            begin = monotonic()
            command = [sys.executable, "-m", "ccmeet", "--root", str(root), "build"]
            subprocess.run(command, check=True, capture_output=True)
            taken[name].append(monotonic() - begin)
    return {name: statistics.median(times) for name, times in taken.items()}


def main(arguments: list[str]) -> int:
    if not arguments:
        print(__doc__)
        return 2
    root = Path(arguments[0]).resolve()
    medians = measure(root, int(arguments[1]) if arguments[1:] else 3)
    for name, seconds in medians.items():
        print(f"{name:14} {seconds:8.2f} s  {seconds / medians['from nothing']:6.3f}×")
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{'memory':14} {most:8.0f} MiB in one process")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
