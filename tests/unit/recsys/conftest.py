"""A shop of a dozen products and a deterministic stand-in for the encoder."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
import pytest

from recsys.faq.entry import FaqEntry
from recsys.faq.model import FaqModel
from recsys.index.document import CategorySchema, Document
from recsys.index.lexicon import Knowledge
from recsys.index.store import Index, build
from recsys.search.engine import SearchEngine
from recsys.search.explain import Explainer
from recsys.search.features import FEATURES
from recsys.search.rank import RankWeights
from recsys.text.tokens import lexical_tokens

DIMS = 64


class HashedEncoder:
    """Token hashing: texts that share characters are near each other, which is all these tests need."""

    def documents(self, texts: Sequence[str]) -> np.ndarray:
        return np.stack([self._one(t) for t in texts])

    queries = documents

    def _one(self, text: str) -> np.ndarray:
        vector = np.full(DIMS, 1e-3, np.float32)
        for token in lexical_tokens(text):
            vector[
                int.from_bytes(hashlib.blake2b(token.encode(), digest_size=4).digest(), "big")
                % DIMS
            ] += 1
        return vector / np.linalg.norm(vector)


def product(
    key: str, category: str, brand: str, title: str, prices: Sequence[object], **more: object
) -> Document:
    colours = more.pop("colours", ["黑色"] * len(prices))
    stock = more.pop("stock", [5] * len(prices))
    options = more.pop("options", [{}] * len(prices))
    skus = [
        {"sku": f"{key}-{n}", "price": p, "stock": s, "options": {"颜色": c, **o}}
        for n, (p, c, s, o) in enumerate(zip(prices, colours, stock, options, strict=True), 1)  # type: ignore[call-overload]
    ]
    data = {
        "product_id": key,
        "category": category,
        "brand": brand,
        "title": title,
        "skus": skus,
        **more,
    }
    return Document.from_json(data)


DOCUMENTS = [
    product("p1", "手机", "小米", "小米14 徕卡影像 5G手机", [3999, 4299], attributes={"5G": True}, tags=["影像"],
            sales=90000, rating=4.8, options=[{"存储": "8GB+256GB"}, {"存储": "12GB+512GB"}], model="小米14"),
    product("p2", "手机", "红米", "红米Note13 大电池 5G手机", [1099], attributes={"5G": True}, sales=80000, rating=4.6,
            options=[{"存储": "8GB+128GB"}]),
    product("p3", "手机", "华为", "华为Pura70 影像旗舰手机", [5499], tags=["影像"], sales=60000, rating=4.9, colours=["樱玫红"]),
    product("p4", "手机", "荣耀", "荣耀畅玩 长辈老人手机 大字大声", [899], tags=["老人机"], sales=3000, rating=4.5),
    product("p5", "手机", "苹果", "苹果iPhone 15 5G手机", [4999], sales=200000, rating=4.8, stock=[0]),
    product("p6", "手机壳", "图拉斯", "苹果15手机壳 透明防摔", [59], sales=9000, rating=4.7, colours=["透明"]),
    product("p7", "连衣裙", "太平鸟", "太平鸟法式碎花连衣裙 夏季", [399], attributes={"适用性别": "女", "面料": "雪纺"}, colours=["红色"]),
    product("p8", "T恤", "优衣库", "优衣库纯棉圆领短袖T恤 男女同款", [79], attributes={"适用性别": "中性", "面料": "纯棉"}),
    product("p9", "皮鞋", "奥康", "奥康真皮商务皮鞋", [299], attributes={"适用性别": "男", "材质": "牛皮"}, options=[{"尺码": "42"}]),
    product("p10", "跑步鞋", "耐克", "耐克飞马跑步鞋 缓震", [499, 499], attributes={"适用性别": "男"}, options=[{"尺码": "41"}, {"尺码": "42"}]),
]  # fmt: skip
CATEGORIES = [
    CategorySchema(
        "手机",
        "手机数码",
        ("智能手机",),
        {"老人用": "老人机", "拍照": "影像"},
        ({"name": "5G", "type": "bool"},),
    ),
    CategorySchema("手机壳", "手机数码", ("保护壳",)),
    CategorySchema("连衣裙", "服装", ("裙装",), {}, ({"name": "面料", "type": "text"},)),
    CategorySchema("T恤", "服装", ("汗衫", "短袖"), {}, ({"name": "面料", "type": "text"},)),
    CategorySchema("皮鞋", "鞋靴"),
    CategorySchema("跑步鞋", "鞋靴", ("跑鞋",)),
]
KNOWLEDGE = Knowledge(
    (("苹果", "apple"), ("小米", "xiaomi", "mi")),
    {"鞋": ["皮鞋", "跑步鞋"]},
    {"iphone": {"brand": "苹果", "category": "手机"}},
    subbrands={"小米": ["红米"]},
    service={"运费": ["邮费", "快递费"], "退货": ["退掉"]},
)
FAQ = [
    FaqEntry("freight", "运费怎么算", "满 99 元包邮。", ("包邮",), ("运费多少钱", "要付运费吗")),
    FaqEntry("return", "七天无理由", "签收七天内可以退。", ("退货",), ("可以退货吗", "几天内能退")),
    FaqEntry("invoice", "发票", "默认开电子发票。", ("开票",), ("能开发票吗",)),
    FaqEntry("hours", "客服时间", "每天 9:00 至 22:00。"),
]
FAQ_MODEL = FaqModel((6.0, 6.0, 6.0, 0.0, 6.0), (10.0, 1.0, 0.0), threshold=0.5)
WEIGHTS = RankWeights(
    0.3, tuple({"lexical": 0.6, "dense": 0.3, "popularity": 0.1}.get(f, 0.0) for f in FEATURES)
)
REASONS = {
    "price_max": "{amount} 元以内", "price_min": "{amount} 元以上", "attribute": "{name}：{value}", "has": "支持{name}",
    "colour": "有{colour}", "tag": "适合{tag}", "sales": "已售 {sales}", "rating": "评分 {rating}",
    "over": "超出预算 {over} 元", "under": "不到 {amount} 元", "other_brand": "不是{brands}", "other_colour": "没有{colours}色",
    "unmet": "未标明{wanted}",
}  # fmt: skip


@pytest.fixture(scope="session")
def index() -> Index:
    return build(DOCUMENTS, CATEGORIES, KNOWLEDGE, HashedEncoder())


@pytest.fixture
def engine(index: Index) -> SearchEngine:
    return SearchEngine(index, HashedEncoder(), None, WEIGHTS, Explainer(REASONS))
