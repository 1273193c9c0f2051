import { Api } from '/widget/api.js';
import { h } from '/widget/dom.js';
import { Store } from '/widget/store.js';
import { Account } from './account.js';
import { Cart } from './cart.js';
import { showHome } from './home.js';
import { showProduct } from './product.js';

const DEPARTMENTS = ['手机数码', '家用电器', '服装服饰', '鞋靴箱包', '美妆护肤', '个护清洁', '母婴', '食品饮料', '家居家纺', '运动户外', '图书文具', '宠物用品'];
const PAGES = { home: showHome, product: showProduct };

const query = new URLSearchParams(location.search).get('q') ?? '';
const api = new Api(location.origin, Store.local('daogou.'));

document.querySelector('.departments').append(...DEPARTMENTS.map(department));
document.querySelector('.search input').value = query;
new Cart(api);
new Account(api).show();
await PAGES[document.body.dataset.page](api);

function department(name) {
  return h('a', { href: `/?q=${encodeURIComponent(name)}`, 'aria-current': name === query ? 'page' : null }, name);
}
