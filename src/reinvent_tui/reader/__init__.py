"""What a person is doing: plain objects that take events and return effects.

Each owns its state alone. None knows a widget, a thread, a clock or SQL; only
``jobs`` asks the index, and it is called in threads.
"""
