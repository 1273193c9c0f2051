import { h, icon } from './dom.js';

/** @typedef {import('./strings.js').Strings} Strings */

const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

/**
 * A row of cards of which one at a time is in the tab order (roving tabindex). Left, Right, Home and End move;
 * the arrows beside it serve the mouse.
 *
 * @param {HTMLElement[]} cards `li` elements
 * @param {Strings} strings
 * @returns {HTMLElement}
 */
export function carousel(cards, strings) {
  const list = h('ul', { class: 'cards', 'aria-label': strings.products(cards.length) }, ...cards);
  activate(cards, 0);
  list.addEventListener('keydown', (event) => moveByKey(event, cards));
  list.addEventListener('focusin', (event) => {
    const at = cards.findIndex((card) => card.contains(event.target));
    if (at >= 0) activate(cards, at);
  });
  const box = h('div', { class: 'carousel' }, list, arrow('left', -1, list, strings), arrow('right', 1, list, strings));
  const update = () => markEnds(box, list);
  list.addEventListener('scroll', update, { passive: true });
  new ResizeObserver(update).observe(list);
  return box;
}

function activate(cards, current) {
  cards.forEach((card, at) => {
    card.tabIndex = at === current ? 0 : -1;
    for (const control of card.querySelectorAll('a, button')) control.tabIndex = at === current ? 0 : -1;
  });
}

function moveByKey(event, cards) {
  const current = cards.findIndex((card) => card.contains(event.target));
  let next = current + (STEPS[event.key] ?? 0);
  if (event.key === 'Home') next = 0;
  if (event.key === 'End') next = cards.length - 1;
  if (next === current || !cards[next]) return;
  event.preventDefault();
  cards[next].focus({ preventScroll: true });
  cards[next].scrollIntoView({ inline: 'center', block: 'nearest', behavior: motion() });
}

function arrow(name, direction, list, strings) {
  const label = direction < 0 ? strings.previous : strings.next;
  const scroll = () => list.scrollBy({ left: direction * list.clientWidth * 0.7, behavior: motion() });
  return h('button', { type: 'button', class: `arrow ${name}`, tabindex: -1, 'aria-hidden': 'true', title: label, on: { click: scroll } }, icon(name));
}

function markEnds(box, list) {
  box.classList.toggle('at-start', list.scrollLeft < 4);
  box.classList.toggle('at-end', list.scrollLeft + list.clientWidth > list.scrollWidth - 4);
}

/** @returns {ScrollBehavior} */
export function motion() {
  return matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth';
}
