"""Product pictures: a flat illustration for each category, in the colour of the SKU."""

from colorsys import hls_to_rgb, rgb_to_hls
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path

FOLDER = Path(__file__).parent / "static" / "pictures"
UNKNOWN = "parcel"

# Shape (a file of FOLDER) -> the categories that it stands for.
SHAPES = {
    # 手机数码
    "phone": "手机",
    "tablet": "平板电脑",
    "laptop": "笔记本电脑",
    "monitor": "显示器",
    "headphones": "耳机",
    "watch": "智能手表",
    "camera": "相机",
    "speaker": "音箱",
    "powerbank": "充电宝",
    "phone-case": "手机壳",
    "keyboard": "键盘",
    "mouse": "鼠标",
    "drive": "移动硬盘",
    "router": "路由器",
    "printer": "打印机",
    # 家用电器
    "fridge": "冰箱",
    "washer": "洗衣机",
    "aircon": "空调",
    "tv": "电视",
    "robot-vacuum": "扫地机器人",
    "vacuum": "吸尘器",
    "rice-cooker": "电饭煲",
    "air-fryer": "空气炸锅",
    "microwave": "微波炉",
    "water-heater": "热水器",
    "hair-dryer": "吹风机",
    "toothbrush": "电动牙刷",
    "shaver": "剃须刀",
    "purifier": "空气净化器",
    "humidifier": "加湿器",
    "fan": "电风扇",
    "kettle": "电水壶",
    # 服装服饰
    "dress": "连衣裙",
    "tshirt": "T恤",
    "shirt": "衬衫",
    "jeans": "牛仔裤",
    "down-jacket": "羽绒服",
    "hoodie": "卫衣",
    "suit": "西装",
    "sweater": "毛衣",
    "pants": "休闲裤",
    "skirt": "半身裙",
    "bra": "文胸",
    "underwear": "内裤",
    "socks": "袜子",
    "pajamas": "睡衣",
    "kids-set": "童装套装",
    # 鞋靴箱包
    "sneaker": "跑步鞋",
    "hightop": "篮球鞋",
    "board-shoe": "板鞋",
    "oxford": "皮鞋",
    "heel": "高跟鞋",
    "boot": "靴子",
    "sandal": "凉鞋",
    "backpack": "双肩包",
    "handbag": "女包",
    "suitcase": "行李箱",
    # 美妆护肤
    "jar": "面霜 眼霜",
    "dropper": "精华",
    "bottle": "爽肤水",
    "mask-sachet": "面膜",
    "tube": "洗面奶 护发素",
    "sunscreen": "防晒霜",
    "lipstick": "口红",
    "foundation": "粉底液",
    "palette": "眼影",
    "pump": "卸妆 身体乳 洗手液",
    "perfume": "香水",
    # 个护清洁
    "shampoo": "洗发水",
    "body-wash": "沐浴露",
    "toothpaste": "牙膏",
    "pads": "卫生巾",
    "tissue": "抽纸",
    "detergent": "洗衣液",
    "dish-soap": "洗洁精",
    # 母婴
    "tin": "奶粉",
    "diaper": "纸尿裤",
    "baby-bottle": "奶瓶",
    "stroller": "婴儿车",
    "car-seat": "安全座椅",
    "wipes": "婴儿湿巾",
    "blocks": "积木",
    "bear": "玩偶",
    "maternity-dress": "孕妇装",
    "pouch": "辅食",
    # 食品饮料
    "milk": "牛奶",
    "yogurt": "酸奶",
    "nuts": "坚果",
    "snack": "零食",
    "cookies": "饼干",
    "chocolate": "巧克力",
    "noodles": "方便面",
    "rice": "大米",
    "oil": "食用油",
    "tea": "茶叶",
    "coffee": "咖啡",
    "baijiu": "白酒",
    "beer": "啤酒",
    "drink": "饮料",
    "water": "矿泉水",
    "pills": "保健品",
    # 家居家纺
    "bedding": "床品四件套",
    "quilt": "被子",
    "pillow": "枕头",
    "towel": "毛巾",
    "mattress": "床垫",
    "lamp": "台灯",
    "thermos": "保温杯",
    "wok": "炒锅",
    "knife": "刀具",
    "storage-box": "收纳箱",
    "curtain": "窗帘",
    "sofa": "沙发",
    "office-chair": "办公椅",
    "umbrella": "雨伞",
    # 运动户外
    "tent": "帐篷",
    "sleeping-bag": "睡袋",
    "shell-jacket": "冲锋衣",
    "yoga-mat": "瑜伽垫",
    "dumbbell": "哑铃",
    "basketball": "篮球",
    "racket": "羽毛球拍",
    "bicycle": "自行车",
    "poles": "登山杖",
    "swimsuit": "泳衣",
    # 图书文具
    "novel": "小说",
    "picture-book": "儿童绘本",
    "textbook": "教辅",
    "business-book": "经管励志",
    "code-book": "编程书",
    "pen": "签字笔",
    "notebook": "笔记本子",
    # 宠物用品
    "cat-food": "猫粮",
    "dog-food": "狗粮",
    "cat-litter": "猫砂",
    "pet-bed": "宠物窝",
    "pet-toy": "宠物玩具",
}
SHAPE_OF = {name: shape for shape, names in SHAPES.items() for name in names.split()}

# A colour's name, or the character that it ends in, -> the colour.
COLOURS = {
    "黑": "#34373c",
    "白": "#f3f2ee",
    "灰": "#8f969c",
    "银": "#c3c9ce",
    "红": "#c94a42",
    "粉": "#eba7b3",
    "橙": "#e58a45",
    "橘": "#e58a45",
    "黄": "#e9c04e",
    "金": "#d3b178",
    "绿": "#5d9a74",
    "青": "#5aa3a0",
    "蓝": "#5382bd",
    "紫": "#8f7cb8",
    "棕": "#8d6448",
    "褐": "#7d5b45",
    "咖": "#84624c",
    "驼": "#b99268",
    "卡其": "#b9a27a",
    "米": "#e6dac3",
    "杏": "#e8cfae",
    "肤": "#e6c3a5",
    "裸": "#e0bda6",
    "透明": "#d5e2e8",
    "藏青": "#33456b",
    "深蓝": "#33517f",
    "浅蓝": "#93b9de",
    "天蓝": "#7db4e2",
    "雾霾蓝": "#7f9bb3",
    "酒红": "#8a3440",
    "玫红": "#cf4f7c",
    "墨绿": "#345a4b",
    "军绿": "#6d7353",
    "薄荷绿": "#93cdb4",
    "浅灰": "#b9bfc4",
    "深灰": "#595f66",
    "香槟": "#dcc7a2",
    "奶茶": "#cbb097",
    "原木": "#cfa878",
    "钛": "#a59f97",
}
PALETTE = ("#5382bd", "#5d9a74", "#d9835a", "#8f7cb8", "#5aa3a0", "#d8a84a", "#c9707a", "#6b7fa8")
# What has a colour by nature, when the SKU names none.
NATURAL = {
    "篮球": "#d9793f",
    "巧克力": "#8d6448",
    "食用油": "#e0aa3e",
    "炒锅": "#43474d",
    "玩偶": "#b98a62",
    "刀具": "#6b7076",
    "大米": "#d8b98a",
    "咖啡": "#84624c",
}
INK = "#2b3138"
PAPER = "#fbfaf7"

Rgb = tuple[float, float, float]


def svg(category: str, colour: str | None, seed: str) -> str:
    """An SVG document, the same for the same arguments; an unknown category is a parcel."""
    number = int.from_bytes(sha256(seed.encode()).digest()[:4])
    main = _colour(colour) or NATURAL.get(category) or PALETTE[number % len(PALETTE)]
    accent = PALETTE[(number // 8) % len(PALETTE)]
    if accent == main:
        accent = PALETTE[(number // 8 + 3) % len(PALETTE)]
    label = escape(f"{category} {colour}" if colour else category)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200" role="img">'
        f"<title>{label}</title>{_background(main, number)}"
        f"{_painted(_shape(SHAPE_OF.get(category, UNKNOWN)), main, accent)}</svg>"
    )


def _colour(name: str | None) -> str | None:
    """The longest known name that the words end in; `黑色` ends in 黑."""
    word = (name or "").strip().removesuffix("色")
    endings = (word[start:] for start in range(len(word)))
    return next((COLOURS[ending] for ending in endings if ending in COLOURS), None)


@cache
def _shape(name: str) -> str:
    return (FOLDER / f"{name}.svg").read_text(encoding="utf-8")


def _painted(shape: str, main: str, accent: str) -> str:
    bright = _lightness(main) > 0.85
    paints = {
        "main": main,
        "shade": _shifted(main, -0.13 if bright else -0.1),
        "light": _shifted(main, -0.06 if bright else 0.13),
        "ink": "#15181c" if _lightness(main) < 0.3 else INK,
        "paper": PAPER,
        "accent": accent,
    }
    for name, value in paints.items():
        shape = shape.replace(f"var(--{name})", value)
    return shape


def _background(main: str, number: int) -> str:
    """A soft ground in the hue of the thing, dark enough for a white one, and its shadow."""
    hue, lightness, saturation = _hls(main)
    ground, most = (0.84, 0.13) if lightness > 0.85 else (0.925, 0.42)
    soft = min(saturation, most)
    tint = _hex(hls_to_rgb(hue, ground, soft))
    spot = _hex(hls_to_rgb(hue, ground + 0.035, soft))
    x, y, radius = 70 + number % 61, 70 + number // 64 % 41, 68 + number // 4096 % 19
    return (
        f'<rect width="200" height="200" fill="{tint}"/>'
        f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{spot}"/>'
        f'<ellipse cx="100" cy="165" rx="62" ry="6" fill="{INK}" opacity=".1"/>'
    )


def _hls(colour: str) -> Rgb:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return rgb_to_hls(red, green, blue)


def _lightness(colour: str) -> float:
    return _hls(colour)[1]


def _shifted(colour: str, by: float) -> str:
    hue, lightness, saturation = _hls(colour)
    return _hex(hls_to_rgb(hue, min(max(lightness + by, 0.06), 0.96), saturation))


def _hex(rgb: Rgb) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in rgb)
