"""The making of the shipped models; nothing here is needed to use the kit."""
