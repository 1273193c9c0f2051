"""The demo shop's pages."""

from playwright.sync_api import Page, expect

from tests.browser.mock_gateway import MockGateway


def test_home_recommends_and_search_finds(page: Page, gateway: MockGateway) -> None:
    page.goto(gateway.url)
    expect(page.locator(".tile h3")).to_have_count(8)
    page.get_by_role("searchbox").fill("手机")
    page.get_by_role("searchbox").press("Enter")
    page.wait_for_url("**/?q=*")
    expect(page.locator("h2").first).to_have_text("“手机”")
    expect(page.locator(".found")).to_have_text("共 8 件 · 手机")
    expect(page.locator(".hero")).to_be_hidden()


def test_what_only_comes_near_is_told_apart(page: Page, gateway: MockGateway) -> None:
    gateway.meeting = 3
    page.goto(f"{gateway.url}/?q=手机")
    expect(page.locator(".found")).to_have_text("完全符合 3 件，另列出相近的 5 件 · 手机")


def test_a_department_is_a_search(page: Page, gateway: MockGateway) -> None:
    page.goto(gateway.url)
    page.get_by_role("link", name="母婴").click()
    expect(page.get_by_role("link", name="母婴")).to_have_attribute("aria-current", "page")
    expect(page.locator(".tile h3")).to_have_count(8)


def test_the_product_page_tells_everything(page: Page, gateway: MockGateway) -> None:
    page.goto(f"{gateway.url}/p/phone-02")
    expect(page.locator(".product h1")).to_contain_text("青云 X2")
    expect(page.locator(".product .price")).to_have_text("¥1800")
    expect(page.locator(".values button")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".specification dd")).to_have_text(["6.3", "支持", "快充、IP68"])
    expect(page.locator(".similar .tile")).to_have_count(8)


def test_the_cart_is_filled_changed_and_emptied(page: Page, gateway: MockGateway) -> None:
    page.goto(f"{gateway.url}/p/phone-02")
    page.locator(".product .add").click()
    expect(page.locator(".count")).to_have_text("1")
    page.locator(".cart-button").click()
    page.get_by_role("button", name="增加一件").click()
    expect(page.locator(".cart footer .price")).to_have_text("¥3600")
    page.get_by_role("button", name="减少一件").click()
    expect(page.locator(".cart output")).to_have_text("1")
    page.get_by_role("button", name="减少一件").click()
    expect(page.locator(".cart .empty")).to_be_visible()
    assert gateway.cart == {}


def test_an_unknown_product_leads_back(page: Page, gateway: MockGateway) -> None:
    refusal = '{"code": "unknown_sku", "detail": "没有找到这件商品。"}'
    page.route("**/api/products/*", lambda route: route.fulfill(status=404, body=refusal))
    page.goto(f"{gateway.url}/p/phone-02")
    expect(page.locator(".product")).to_contain_text("没有找到这件商品。")
    expect(page.get_by_role("link", name="回首页看看")).to_be_visible()
