"""What billing systems read."""
