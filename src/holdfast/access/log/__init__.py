"""The log of who opened, searched, took out or was refused what; reading it; and what in it is unusual."""
