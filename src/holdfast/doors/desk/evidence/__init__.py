"""What the pages about evidence at the desk are made of: values alone. The pages are views/evidence*.py."""
