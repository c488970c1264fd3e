"""A local Zalo: people with phones, groups, and a Bot API server that behaves as badly as the real one may."""
