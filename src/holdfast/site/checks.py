"""What Holdfast refuses to run with, because it could not keep its promises. Each has an id to look up."""
