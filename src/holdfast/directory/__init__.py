"""The directory of services, from Open Referral files and packs: found by place, need, language, channel and hours."""
