"""Sources of law texts, each read into the same shape; nothing here touches the database."""
