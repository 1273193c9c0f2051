/**
 * The one script tag that a shop puts on its pages:
 *
 *   <script type="module" src="https://shop.example/widget/daogou.js" data-theme="auto" data-lang="zh"></script>
 *
 * Further attributes: data-title, data-customer-token (signed by the shop's own site).
 * The page then has `window.daogou` with open(), close(), ask(text) and askAbout(product); a `daogou:ready` event tells when.
 */
import { DaogouChat } from './widget.js';

const tag = [...document.querySelectorAll('script[src]')].find((script) => script.src === import.meta.url);
const { lang = 'zh', theme = 'auto', title, customerToken } = tag?.dataset ?? {};

window.daogou = await DaogouChat.mount({ base: new URL(import.meta.url).origin, lang, theme, title, customerToken });
window.dispatchEvent(new Event('daogou:ready'));
