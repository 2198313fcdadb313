"""The full-screen reader, on Textual."""
