"""The machines' door: another control room hands a call over as a NENA EIDO document."""
