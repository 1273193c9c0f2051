/** JSON values in localStorage, or in memory where the browser forbids it (private windows, full quota). */
export class Store {
  /** @param {string} prefix @param {Storage|null} storage */
  constructor(prefix, storage) {
    this.prefix = prefix;
    this.storage = storage;
    /** @type {Map<string, string>} */
    this.memory = new Map();
  }

  /** @param {string} prefix @returns {Store} */
  static local(prefix) {
    try {
      return new Store(prefix, window.localStorage);
    } catch {
      return new Store(prefix, null);
    }
  }

  /** @param {string} key @returns {any} null when absent or unreadable */
  get(key) {
    const name = this.prefix + key;
    try {
      return JSON.parse(this.memory.get(name) ?? this.storage?.getItem(name) ?? 'null');
    } catch {
      return null;
    }
  }

  /** @param {string} key @param {any} value */
  set(key, value) {
    const name = this.prefix + key;
    try {
      if (!this.storage) throw new Error('no storage');
      this.storage.setItem(name, JSON.stringify(value));
      this.memory.delete(name);
    } catch {
      this.memory.set(name, JSON.stringify(value));
    }
  }

  /** @param {string} key */
  remove(key) {
    this.memory.delete(this.prefix + key);
    this.storage?.removeItem(this.prefix + key);
  }

  /** @param {string} start @returns {string[]} keys that begin with `start` */
  keys(start) {
    const names = new Set([...this.memory.keys(), ...Object.keys(this.storage ?? {})]);
    return [...names].filter((name) => name.startsWith(this.prefix + start)).map((name) => name.slice(this.prefix.length));
  }
}
