"""`navixy demo`: a harvest of the embedded platform, compared row by row with the truth."""
