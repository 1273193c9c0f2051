"""After-sale service by chat: forms over the shop's desk (shop.desk)."""
