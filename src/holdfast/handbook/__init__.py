"""The guide as files: a small document model, and one writer for each format. It knows no pack, case, door or clock."""
