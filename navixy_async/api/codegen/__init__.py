"""The generator: ``python -m navixy_async.api.codegen.generate`` writes the typed surface from ``api/catalogue/``.

Only the project's maintainers run it; a program that uses the package never imports anything from here.
"""
