"""对象合并: one party registered twice becomes one, stays found by both, and can be parted again."""
