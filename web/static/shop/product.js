import { h, safeUrl } from '/widget/dom.js';
import { listPrice, price } from '/widget/money.js';
import { facts, showTiles } from './tiles.js';
import { toast } from './toast.js';

/** @typedef {import('/widget/api.js').Api} Api */

/** The page of one SKU, `/p/{sku}`. @param {Api} api */
export async function showProduct(api) {
  const article = document.querySelector('.product');
  try {
    await show(skuOfPage(), article, api);
  } catch (error) {
    const text = error.detail || '这件商品暂时打不开，请稍后再试。';
    article.replaceChildren(h('div', { class: 'empty' }, h('p', {}, text), h('a', { href: '/' }, '回首页看看')));
  }
  article.removeAttribute('aria-busy');
  window.addEventListener('popstate', () => location.reload());
}

function skuOfPage() {
  return decodeURIComponent(location.pathname.split('/').pop());
}

async function show(sku, article, api) {
  const product = await api.get(`/api/products/${encodeURIComponent(sku)}`);
  document.title = `${product.title} - 好物集`;
  const choose = (chosen) => {
    history.pushState(null, '', `/p/${encodeURIComponent(chosen)}`);
    return show(chosen, article, api);
  };
  article.replaceChildren(photo(product), information(product, choose, api), specification(product.attributes));
  await showSimilar(sku, api);
}

function photo(product) {
  const image = safeUrl(product.image, location.origin);
  return image ? h('img', { class: 'photo', src: image, alt: product.title, width: 560, height: 560 }) : h('div', { class: 'photo' });
}

function information(product, choose, api) {
  const addLabel = product.stock === 0 ? '缺货' : '加入购物车';
  return h(
    'div',
    {},
    h('h1', {}, product.title),
    facts(product),
    h('p', { class: 'row' }, price(product.price), listPrice(product, '原价')),
    ...options(product, choose),
    h(
      'p',
      { class: 'buy' },
      h('button', { type: 'button', class: 'add', disabled: product.stock === 0, on: { click: () => add(product, api) } }, addLabel),
      h('button', { type: 'button', class: 'ask', on: { click: () => window.daogou?.askAbout(product) } }, '问客服'),
    ),
    product.description && h('p', { class: 'description' }, product.description),
  );
}

async function add(product, api) {
  try {
    await api.addToCart(product.sku);
    toast('已加入购物车');
  } catch (error) {
    toast(error.detail || '没有成功，请稍后再试。');
  }
}

/** One group of buttons for each option; a press goes to the SKU that keeps the most of the other options. */
function options(product, choose) {
  return Object.entries(product.options).map(([name, current]) => {
    const values = [...new Set(product.skus.map((sku) => sku.options[name]).filter(Boolean))];
    const buttons = values.map((value) => {
      const press = () => value !== current && choose(nearest(product, name, value).sku);
      return h('button', { type: 'button', 'aria-pressed': String(value === current), on: { click: press } }, value);
    });
    return h('fieldset', {}, h('legend', {}, name), h('div', { class: 'values' }, ...buttons));
  });
}

function nearest(product, name, value) {
  const kept = (sku) => Object.entries(product.options).filter(([key, same]) => sku.options[key] === same).length;
  const fitting = product.skus.filter((sku) => sku.options[name] === value);
  return fitting.reduce((best, sku) => (kept(sku) > kept(best) ? sku : best));
}

function specification(attributes) {
  const rows = Object.entries(attributes ?? {});
  if (!rows.length) return '';
  const list = h('dl', {}, ...rows.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, worded(value)))));
  return h('section', { class: 'specification' }, h('h2', {}, '规格参数'), list);
}

function worded(value) {
  if (typeof value === 'boolean') return value ? '支持' : '不支持';
  return Array.isArray(value) ? value.join('、') : String(value);
}

async function showSimilar(sku, api) {
  const section = document.querySelector('.similar');
  const { items } = await api.get(`/api/recommend?context=product&sku=${encodeURIComponent(sku)}`).catch(() => ({ items: [] }));
  section.hidden = !items.length;
  showTiles(section.querySelector('.grid'), items, api);
}
