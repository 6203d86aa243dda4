"""The platform's surface, one to one.

- ``catalogue/``: the documented facts as data, with what people reviewed (see the README there);
- ``generate.py``: writes ``resources/`` (typed methods) and ``models/`` (structs) from them;
- ``index.py``: how to send any documented action by its path, without the typed methods.
"""
