"""The public guide: what to expect and what is promised, place by place. It imports no casefile: no case in reach."""
