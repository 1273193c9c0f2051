"""What an application holds, by typed key."""

import asyncio

from aiohttp import web

from recsys.client import RecommenderClient
from shop.desk import Desk
from shop.storage import Storage
from shop.storage.trackers import Trackers
from web.config import GatewayConfig
from web.conversation import Conversations
from web.deliveries import Deliveries
from web.finding import Finding
from web.forgetting import Forgetting
from web.hub import Hub
from web.limits import Limiter
from web.metrics import Metrics
from web.notices import Notices
from web.photos import Photos
from web.rasa import RasaClient

CONFIG = web.AppKey("config", GatewayConfig)
STORAGE = web.AppKey("storage", Storage)
RASA = web.AppKey("rasa", RasaClient)
RECOMMENDER = web.AppKey("recommender", RecommenderClient)
DESK = web.AppKey("desk", Desk)
DELIVERIES = web.AppKey("deliveries", Deliveries)
CONVERSATIONS = web.AppKey("conversations", Conversations)
FINDING = web.AppKey("finding", Finding)
HUB = web.AppKey("hub", Hub)
TRACKERS = web.AppKey("trackers", Trackers)
FORGETTING = web.AppKey("forgetting", Forgetting)
PHOTOS = web.AppKey("photos", Photos)
NOTICES = web.AppKey("notices", Notices)
METRICS = web.AppKey("metrics", Metrics)
ADDRESSES = web.AppKey("addresses", Limiter)
SPEAKERS = web.AppKey("speakers", Limiter)
SOCKETS = web.AppKey("sockets", set[web.WebSocketResponse])
# Turns outlive the socket that began them.
RUNNING = web.AppKey("running", set[asyncio.Task[None]])
REQUEST_ID = web.RequestKey("request_id", str)
