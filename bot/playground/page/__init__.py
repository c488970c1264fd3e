"""The page on which several people chat with the bot: served on localhost, drawn by plain modules from one stream."""
