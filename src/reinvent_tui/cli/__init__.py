"""The shell's face of the program."""
