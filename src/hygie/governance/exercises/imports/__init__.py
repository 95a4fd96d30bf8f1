"""Files that hold the script of an exercise, brought in by the door of all imports."""
