"""What the shop knows: catalogue, customers, orders, carts, conversations and events."""
