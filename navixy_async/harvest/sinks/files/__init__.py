"""A directory of files: a dataset with one file per account and UTC day, or a file per trip."""
