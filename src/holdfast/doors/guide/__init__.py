"""The public guide: what to expect and what is promised, in each place. It can't reach a case: it never imports casefile."""
