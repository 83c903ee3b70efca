"""Commands of the service; they join `pingzhao` by the entry-point group `pingzhao.commands`."""
