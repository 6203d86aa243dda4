"""Structs of what the platform answers, a module for each noun.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""
