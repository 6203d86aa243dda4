"""The platform's surface, one to one.

- ``catalogue/``: the documented facts as data, with what people reviewed (see the README there);
- ``codegen/``: the generator, which writes ``resources/`` (typed methods) and ``models/`` (structs) from them;
- ``runtime/``: what generated code stands on, and how to send any documented action by its path alone.
"""
