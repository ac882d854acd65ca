"""Annual trends reports on US foreign military training and aid."""
