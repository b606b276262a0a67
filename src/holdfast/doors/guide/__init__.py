"""The public guide: what to expect and what is promised, place by place. It never imports casefile: no case is in reach."""
