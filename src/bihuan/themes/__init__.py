"""Data: what a report must answer (themes) and the words of the trade (lexicons), one TOML file each."""
