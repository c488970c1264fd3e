"""The demo: the real bot with a sample team on a local Telegram and Zalo, and a page that shows the phones."""
