"""What all pages share: styles, base templates, and the control that leaves at once. Holds nothing about any case."""
