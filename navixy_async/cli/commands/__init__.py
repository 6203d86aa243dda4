"""What each command does; its options are in :mod:`navixy_async.cli.app`."""
