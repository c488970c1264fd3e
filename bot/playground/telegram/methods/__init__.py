"""The methods of the Bot API, one function each: a world and arguments in, the result as JSON out."""
