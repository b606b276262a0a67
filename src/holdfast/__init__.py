"""Holdfast runs a police domestic-abuse response from the first call to the last day in court."""
