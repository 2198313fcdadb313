"""How fast notes are recognised: ``python tests/benchmarks/recognition.py [FOLDER …]``.

Prints MB/s and files/s of recognising, beside markdown-it-py parsing the same files. Without a folder: the bundled
posts, and the corpora where they are at hand.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from markdown_it import MarkdownIt

from reinvent_tui.library.files import open_roots, read_text, walk
from reinvent_tui.library.load import load_post
from reinvent_tui.library.topics import load_vocabulary
from scoring import CORPORA

POSTS = Path(__file__).resolve().parents[2] / "posts"
LEAST_SECONDS = 1.0


def main() -> int:
    """Measure and print."""
    corpora = sorted(path for path in CORPORA.iterdir() if path.is_dir()) if CORPORA.is_dir() else []
    folders = [Path(name) for name in sys.argv[1:]] or [POSTS, *corpora]
    vocabulary = load_vocabulary()
    parser = MarkdownIt("gfm-like", {"linkify": False})
    print(f"{'folder':28}{'files':>7}{'MB':>8}{'MB/s':>8}{'files/s':>9}{'markdown-it':>13}{'ratio':>8}")
    for folder in folders:
        roots = open_roots([folder])
        states = list(walk(roots, []))
        texts = [read_text(state.path)[0] for state in states]
        size = sum(len(text.encode()) for text in texts) / 1e6
        rounds, began = 0, time.process_time()
        while time.process_time() - began < LEAST_SECONDS:
            for state in states:
                load_post(state, roots, vocabulary)
            rounds += 1
        ours = (time.process_time() - began) / rounds
        began = time.process_time()
        for text in texts:
            parser.parse(text)
        theirs = time.process_time() - began
        print(
            f"{folder.name:28}{len(states):7}{size:8.2f}{size / ours:8.2f}{len(states) / ours:9.0f}"
            f"{len(states) / theirs:11.0f}/s{theirs / ours:7.2f}x"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
