"""Markdown to laid-out lines. No widgets, no SQL."""
