"""The demo catalogue: every category and product of the folder, checked against each other."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from shop.demo import families, files
from shop.demo.families import Family
from shop.demo.files import Complaints, Entry
from shop.domain import Attribute, Category, Product


class AttributeEntry(Entry):
    name: str
    type: Literal["text", "number", "bool", "list"]
    unit: str | None = None


class CategoryEntry(Entry):
    name: str = Field(min_length=1, max_length=60)
    aliases: list[str]
    purposes: dict[str, str] = {}
    recipients: list[str] = []
    attributes: list[AttributeEntry]
    options: list[str]
    accessories: list[str] = []


class DepartmentEntry(Entry):
    department: str
    categories: list[CategoryEntry]


@dataclass(frozen=True)
class DemoCatalog:
    """What the folder holds."""

    categories: tuple[Category, ...]
    products: tuple[Product, ...]


def read(folder: Path) -> DemoCatalog:
    """Read `categories/*.json` and `products/*.jsonl`; raises BadCatalog with all complaints."""
    complaints = Complaints()
    categories = _categories(folder / "categories", complaints)
    products = _products(folder / "products", categories, complaints)
    complaints.raise_any()
    return DemoCatalog(tuple(categories.values()), tuple(products.values()))


def _categories(folder: Path, complaints: Complaints) -> dict[str, Category]:
    found: dict[str, Category] = {}
    for path in sorted(folder.glob("*.json")):
        department = files.entry(DepartmentEntry, files.whole(path), path.name, complaints)
        if department is None:
            continue
        for category in department.categories:
            if category.name in found:
                complaints.add(path.name, f"category {category.name} is already defined")
            found[category.name] = _category(category, department.department)
    return found


def _category(entry: CategoryEntry, department: str) -> Category:
    return Category(
        name=entry.name,
        department=department,
        aliases=tuple(entry.aliases),
        purposes=entry.purposes,
        recipients=tuple(entry.recipients),
        attributes=tuple(Attribute(**attribute.model_dump()) for attribute in entry.attributes),
        options=tuple(entry.options),
        accessories=tuple(entry.accessories),
    )


def _products(
    folder: Path, categories: dict[str, Category], complaints: Complaints
) -> dict[str, Product]:
    found: dict[str, Product] = {}
    for path in sorted(folder.glob("*.jsonl")):
        for place, value in files.lines(path):
            product = _product(value, place, categories, complaints)
            if product is None:
                continue
            if product.product_id in found:
                complaints.add(place, f"id {product.product_id} is already taken")
            found[product.product_id] = product
    return found


def _product(
    value: Any, place: str, categories: dict[str, Category], complaints: Complaints
) -> Product | None:
    family = files.entry(Family, value, place, complaints)
    if family is None:
        return None
    category = categories.get(family.category)
    if category is None:
        complaints.add(place, f"category {family.category} is not defined")
        return None
    for why in families.misfits(family, category):
        complaints.add(place, why)
    return families.expand(family, category)
