"""TALKS: the gateway between shoppers and the shop, over HTTP and WebSocket."""
