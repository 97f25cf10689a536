"""The rig, for tests of the service."""

from tests.rig_fixtures import cheap_hashes, class_rig, folder, rig

__all__ = ["cheap_hashes", "class_rig", "folder", "rig"]
