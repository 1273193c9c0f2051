/**
 * The shapes that travel between the gateway and the widget (docs/architecture.md). Types only, no code.
 *
 * @typedef {object} Choice
 * @property {string} title what the button says
 * @property {string} value what the shopper says by pressing it
 *
 * @typedef {object} Card
 * @property {string} sku
 * @property {string} product_id
 * @property {string} title
 * @property {number} price yuan
 * @property {number} [list_price] yuan
 * @property {number} [stock]
 * @property {string} [image]
 * @property {string} [url]
 * @property {number} [rating]
 * @property {string[]} [reasons]
 * @property {boolean} [sponsored]
 *
 * @typedef {object} ComparisonRow one field of every product
 * @property {string} name
 * @property {string} unit
 * @property {(string|number|boolean|string[]|null)[]} values in the order of the products
 * @property {boolean} differs
 *
 * @typedef {object} Message
 * @property {string} id ULID: sorts by time
 * @property {"bot"|"agent"|"shopper"|"system"} from
 * @property {string} type
 * @property {string} text
 * @property {any} [data]
 * @property {Choice[]} [choices]
 * @property {string} at ISO time
 *
 * @typedef {object} Pending a sentence that the gateway has not acknowledged yet
 * @property {string} client_id
 * @property {string} text
 * @property {string[]} [photos] ids
 * @property {number} at milliseconds
 * @property {string} after id of the newest message when it was said
 * @property {string} [error] why it was refused
 *
 * @typedef {object} Options
 * @property {string} base origin of the gateway
 * @property {"zh"|"en"} lang
 * @property {"auto"|"light"|"dark"} theme
 * @property {string} [title]
 * @property {string} [customerToken] signed by the shop's own site
 */
export {};
