import { h } from '/widget/dom.js';

const SHOWN = 3000;

/** A short notice at the foot of the page. @param {string} text */
export function toast(text) {
  document.querySelector('body > .toast')?.remove();
  const notice = h('p', { class: 'toast', role: 'status' }, text);
  document.body.append(notice);
  setTimeout(() => notice.remove(), SHOWN);
}
