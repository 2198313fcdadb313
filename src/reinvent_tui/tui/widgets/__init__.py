"""The reader's own widgets: attributes come down to them, messages go up."""
