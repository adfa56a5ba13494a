import { shown, shownLines } from "../shown";

type Child = Node | string | undefined | false;
type Properties = {
  readonly [name: string]: string | number | boolean | undefined | ((event: never) => void);
};

/**
 * An element. Functions are listeners, `true` is an attribute without a value, `false` and `undefined` are left out. Texts
 * become text and never markup, with what is invisible in them made visible.
 */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Properties = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === "function") element.addEventListener(name, value as EventListener);
    else if (value !== undefined && value !== false)
      element.setAttribute(name, value === true ? "" : shown(String(value)));
  }
  append(element, ...children);
  return element;
}

export function append(element: Element, ...children: readonly Child[]): void {
  const visible = element.tagName === "PRE" ? shownLines : shown;
  for (const child of children) {
    if (child === undefined || child === false) continue;
    element.append(typeof child === "string" ? visible(child) : child);
  }
}

/** Text for screen readers alone. */
export function spoken(text: string): HTMLElement {
  return h("span", { class: "spoken" }, text);
}

/** `1 secret`, `2 secrets`, `10,000 secrets`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}
