"""Django settings, addresses, start-up checks, and the `holdfast` command."""
