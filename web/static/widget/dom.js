/** Small helpers over the DOM. Text always goes in as text: nothing here parses markup. */

/**
 * Builds an element. `on` holds event listeners, `class` and every other key an attribute;
 * null, undefined and false leave an attribute or a child out.
 *
 * @param {string} tag
 * @param {Record<string, any>} [props]
 * @param {...(Node|string|null|undefined|false)} children
 * @returns {any} the element
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name === 'on') for (const [type, listener] of Object.entries(value)) element.addEventListener(type, listener);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : String(value));
  }
  for (const child of children) if (child) element.append(child);
  return element;
}

const ICONS = {
  chat: 'M12 3.5c-5 0-9 3.4-9 7.7 0 2.4 1.3 4.6 3.4 6l-.6 3.1 3.5-1.8c.9.2 1.8.3 2.7.3 5 0 9-3.4 9-7.6s-4-7.7-9-7.7Z',
  close: 'm6 6 12 12M18 6 6 18',
  send: 'M12 19V5.5M5.5 12 12 5.5l6.5 6.5',
  down: 'm6 9.5 6 6 6-6',
  left: 'm14.5 6-6 6 6 6',
  right: 'm9.5 6 6 6-6 6',
  human: 'M4.5 14.5v-3a7.5 7.5 0 0 1 15 0v3m-15 0v1.7A1.8 1.8 0 0 0 6.3 18h.9v-5h-2.7v1.5Zm15 0v1.7a1.8 1.8 0 0 1-1.8 1.8h-.9v-5h2.7v1.5ZM17 18c0 1.7-1.5 2.5-3.5 2.5',
  alert: 'M12 8v4.500m0 3.200v.1M12 3.500a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17Z',
  clip: 'm19.5 11.5-7.6 7.6a4.6 4.6 0 0 1-6.5-6.5l8.1-8.1a3.1 3.1 0 0 1 4.4 4.4l-8 8a1.55 1.55 0 0 1-2.2-2.2l7.3-7.3',
  check: 'm5.5 12.5 4.2 4.2 8.8-9.2',
};

/** @param {keyof typeof ICONS} name @returns {SVGSVGElement} a 24 px line icon, hidden from screen readers */
export function icon(name) {
  const ns = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(ns, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(ns, 'path');
  path.setAttribute('d', ICONS[name]);
  svg.append(path);
  return svg;
}

/**
 * A link or picture address that is safe to follow: http(s) only, relative ones resolved against `base`.
 *
 * @param {unknown} address
 * @param {string} base
 * @returns {string|null} null for anything else, javascript: and data: among them
 */
export function safeUrl(address, base) {
  if (typeof address !== 'string' || !address) return null;
  try {
    const url = new URL(address, base);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null;
  } catch {
    return null;
  }
}

/**
 * Makes `parent`'s children exactly `items`, in order, keeping the nodes whose key is already there.
 *
 * @param {Element} parent
 * @param {{key: string, build: () => HTMLElement}[]} items
 */
export function reconcile(parent, items) {
  const old = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  let cursor = parent.firstElementChild;
  for (const { key, build } of items) {
    let node = old.get(key);
    old.delete(key);
    if (!node) {
      node = build();
      node.dataset.key = key;
    }
    if (node === cursor) cursor = cursor.nextElementSibling;
    else parent.insertBefore(node, cursor);
  }
  for (const node of old.values()) node.remove();
}

/** @param {() => void} task runs once after the calls of this moment */
export function coalesced(task) {
  let due = false;
  return () => {
    if (due) return;
    due = true;
    queueMicrotask(() => {
      due = false;
      task();
    });
  };
}
