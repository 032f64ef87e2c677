"""The Merkle log (RFC 9162 hashing): queue, entries, tiles of hashes, signed heads."""

from django.db import models

from zhiheng.ledger.models.dossier import Act


class LogQueue(models.Model):
    """An act that waits to be put in the log; written in the same transaction as the act."""

    act = models.OneToOneField(
        Act,
        models.PROTECT,
        primary_key=True,
        db_constraint=False,  # written by ledger_record_act alone, beside the act
        related_name="+",
        verbose_name="行为记录",
    )

    class Meta:
        verbose_name = "待入日志"
        verbose_name_plural = "待入日志"

    def __str__(self) -> str:
        return str(self.act_id)


class LogEntry(models.Model):
    """A leaf: `part` 0 is the act's own digest, 1… the digests of its evidence, in order.

    The leaf's hash is SHA-256(0x00 ‖ digest). Append-only.
    """

    index = models.BigIntegerField("叶序", primary_key=True)
    act = models.ForeignKey(
        Act, models.PROTECT, db_index=False, related_name="log_entries", verbose_name="行为记录"
    )
    part = models.PositiveSmallIntegerField("部分", default=0)
    digest = models.BinaryField("摘要", max_length=32)

    class Meta:
        verbose_name = "日志条目"
        verbose_name_plural = "日志条目"
        constraints = [models.UniqueConstraint(fields=["act", "part"], name="log_entry_once")]
        indexes = [models.Index(fields=["digest"], name="log_entry_digest")]

    def __str__(self) -> str:
        return str(self.index)


class LogTile(models.Model):
    """Up to 256 hashes of one row of the tree, 32 bytes each, one after the other.

    Level L holds the roots of full subtrees of 256^L leaves. A tile only grows; a full tile is
    final. The database checks both.
    """

    pk = models.CompositePrimaryKey("level", "index")
    level = models.PositiveSmallIntegerField("层")
    index = models.BigIntegerField("序")
    hashes = models.BinaryField("哈希", max_length=8192)

    class Meta:
        verbose_name = "日志片"
        verbose_name_plural = "日志片"

    def __str__(self) -> str:
        return f"{self.level}/{self.index}"


class LogHead(models.Model):
    """A signed head: size and root at a moment, under Ed25519. Append-only and public.

    `body` is the signed text: origin, size, root (Base64), time, each on its own line.
    """

    size = models.BigIntegerField("叶数", unique=True)
    root = models.BinaryField("根", max_length=32)
    signed_at = models.DateTimeField("签名时间")
    body = models.TextField("签名文本")
    public_key = models.BinaryField("公钥", max_length=32)
    signature = models.BinaryField("签名", max_length=64)

    class Meta:
        verbose_name = "日志头"
        verbose_name_plural = "日志头"

    def __str__(self) -> str:
        return f"{self.size}"
