"""Measurements, one file per question; README.md lists them all.

A regular package, because the wheel of pyarrow 17 installs one of the same name, which would be found first.
"""
