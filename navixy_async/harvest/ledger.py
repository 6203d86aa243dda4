"""The old module of :class:`~navixy_async.errors.HarvestDamaged`. Kept until 0.3."""

from ..errors import HarvestDamaged

__all__ = ["HarvestDamaged"]
