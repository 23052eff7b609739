"""Evidence brought, kept and handed out."""
