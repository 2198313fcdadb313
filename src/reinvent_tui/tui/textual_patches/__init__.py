"""What the reader replaces in Textual, or reaches into: the only place that uses Textual's private names.

One module for each part of Textual, called after that part. Each says in its
docstring which code of Textual it replaces, why, which change of Textual
would make it unnecessary, and what to check when Textual changes that code.

Textual is pinned to a minor range (``pyproject.toml``) because of this
package; ``tests/tui/textual_patches`` compares what it does with what Textual
does, and with what a real pseudo-terminal receives.
"""
