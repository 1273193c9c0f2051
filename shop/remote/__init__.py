"""The shop's own systems over HTTP; the contract is in docs/after-sale.md."""

from shop.remote.office import RemoteSettings, remote_back_office

__all__ = ["RemoteSettings", "remote_back_office"]
