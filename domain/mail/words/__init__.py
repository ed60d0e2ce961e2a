"""What mails say, one module per language."""
