"""Which field of a feed is which of ours; see data/catalog/mappings/README.md."""

from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from shop.domain.errors import BadMapping

_PRESETS = Path(__file__).parent / "presets"

# A path into the row ("price.amount", "images.0"), several of which the first one filled counts,
# or a constant ("=其他").
Source = str | list[str] | None


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Names(_Part):
    """Names and values gathered from wherever the feed keeps them; later ones win."""

    # Our name -> source.
    fields: dict[str, Source] = Field(default_factory=dict)
    # An array of [name, value] or {"name", "value"}, or an object.
    pairs: str | None = None
    # Columns that hold a name and a value.
    columns: list[tuple[str, str]] = Field(default_factory=list)
    # An array of names in the product beside an array of values in the SKU.
    names: str | None = None
    values: str | None = None
    # Values that mean "none".
    ignore: list[str] = Field(default_factory=list)


class CategoryPath(_Part):
    """A path such as "家居 > 床品": its first step is the department, its last the category."""

    source: Source
    separator: str = ">"


class SkuMapping(_Part):
    """Where the SKUs are: in an array of the product, or one in each row."""

    each: str | None = None
    sku: Source = None
    price: Source
    list_price: Source = None
    stock: Source = None
    # What a feed says in place of a number ("in_stock").
    stock_words: dict[str, int] = Field(default_factory=dict)
    # Stock where the feed is silent.
    stock_default: int = Field(0, ge=0)
    image: Source = None
    url: Source = None
    options: Names = Names()


class FeedMapping(_Part):
    """How to read one kind of feed."""

    format: Literal["csv", "tsv", "jsonl", "xml"] | None = None
    # Rows of one product share this; without it every row is a product.
    group: Source = None
    product_id: Source
    title: Source
    category: Source = None
    department: Source = None
    category_path: CategoryPath | None = None
    brand: Source = None
    series: Source = None
    model: Source = None
    description: Source = None
    tags: Source = None
    rating: Source = None
    sales: Source = None
    launched: Source = None
    attributes: Names = Names()
    skus: SkuMapping
    # Code that prices may carry, and how many yuan one unit is.
    currency: str = "CNY"
    rate: Decimal = Field(Decimal(1), gt=0)


def load_mapping(name: str | Path) -> FeedMapping:
    """A preset (`shopify`, `google`) or a JSON or YAML file; raises BadMapping."""
    preset = _PRESETS / f"{name}.json"
    path = preset if preset.is_file() else Path(name)
    try:
        return FeedMapping.model_validate(_parse(path))
    except ValidationError as cause:
        error = cause.errors()[0]
        where = ".".join(str(part) for part in error["loc"])
        raise BadMapping(f"{path.name}: {where}: {error['msg']}") from cause


def _parse(path: Path) -> Any:
    try:
        # JSON is YAML.
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as cause:
        raise BadMapping(f"{path}: {cause.strerror}") from cause
    except (yaml.YAMLError, UnicodeDecodeError) as cause:
        raise BadMapping(f"{path.name}: neither JSON nor YAML") from cause
