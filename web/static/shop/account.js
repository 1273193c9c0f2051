import { h } from '/widget/dom.js';
import { toast } from './toast.js';

/** Kept by the widget for a conversation; another one begins without them. */
const CONVERSATION = ['token', 'read'];
const OUTBOX = 'outbox.';

/** Being one of the demo shop's invented customers, for whoever wants to try the after-sale desk. */
export class Account {
  /** @param {import('/widget/api.js').Api} api */
  constructor(api) {
    this.api = api;
    this.button = document.querySelector('.account-button');
    this.dialog = document.querySelector('dialog.account');
    this.button.addEventListener('click', () => this.dialog.showModal());
    this.dialog.addEventListener('click', (event) => event.target === this.dialog && this.dialog.close());
  }

  /** Shows itself where there is somebody to be. */
  async show() {
    const customers = await this.#customers();
    if (!customers.length) return;
    if (this.api.token) await this.api.openSession().catch(() => undefined);
    const { signedIn, customerName } = this.api;
    this.button.textContent = signedIn ? (customerName ?? '已登录') : '登录';
    this.button.hidden = false;
    const close = h('button', { type: 'button', 'aria-label': '关闭', on: { click: () => this.dialog.close() } }, '✕');
    const signOut = h('button', { type: 'button', class: 'sign-out', on: { click: () => this.#signOut() } }, '退出登录');
    this.dialog.replaceChildren(
      h('header', {}, h('h2', { id: 'account-title' }, signedIn ? `您好，${customerName ?? '顾客'}` : '选一位演示客户登录'), close),
      h('p', { class: 'note' }, '客户、订单和物流都是虚构的，可以放心试退换货、查物流、开发票。'),
      h('ul', {}, ...customers.map((customer) => this.#choice(customer))),
      ...(signedIn ? [h('footer', {}, signOut)] : []),
    );
  }

  async #customers() {
    try {
      return (await this.api.get('/api/demo/customers')).customers;
    } catch {
      return [];
    }
  }

  #choice(customer) {
    const current = this.api.signedIn && customer.name === this.api.customerName;
    const choose = () => this.#signIn(customer.customer_id);
    return h('li', {}, h('button', { type: 'button', 'aria-current': current ? 'true' : null, on: { click: choose } }, customer.name, h('small', {}, customer.level)));
  }

  async #signIn(id) {
    try {
      const { customer_token } = await this.api.call('POST', '/api/demo/sign-in', { customer_id: id });
      const before = this.api.token;
      this.api.customerToken = customer_token;
      if ((await this.api.openSession()) !== before) this.#forget(['read']);
      location.reload();
    } catch (error) {
      toast(error.detail || '暂时登录不了，请稍后再试。');
    }
  }

  #signOut() {
    this.#forget(CONVERSATION);
    location.reload();
  }

  /** What was said and not yet sent belongs to who said it. @param {string[]} names */
  #forget(names) {
    const { store } = this.api;
    for (const key of [...names, ...store.keys(OUTBOX)]) store.remove(key);
  }
}
