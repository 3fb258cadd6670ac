"""The rules of the game: commands in, events out, nothing else."""
