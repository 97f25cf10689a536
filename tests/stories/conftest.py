"""The rig, for stories."""

from tests.rig_fixtures import cheap_hashes, class_rig, folder, rig

__all__ = ["cheap_hashes", "class_rig", "folder", "rig"]
