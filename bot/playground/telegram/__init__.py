"""A Telegram of its own: people, chats and a Bot API server that refuses what the real one refuses."""
