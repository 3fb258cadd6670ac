"""The table the game is played at: keeps the log and carries views to seats."""
