import type { Filter } from "../map/filter";
import type { Matrix } from "../map/matrix";
import { PATH_SLOTS, SECRET_SLOTS, type Slot } from "../map/parts";
import { h } from "./dom";
import type { Store } from "./state";

const SHOWS: readonly (readonly [Filter["show"], string])[] = [
  ["", "Everything"],
  ["changed", "What changed"],
  ["gained", "Gained"],
  ["lost", "Lost"],
  ["altered", "Altered"],
  ["uncertain", "Not certain"],
];

/** The questions that can be asked of the map. */
export function toolbar(store: Store, matrix: Matrix): HTMLElement {
  const secret = search("Secrets", "Path, system or owner", (text) => store.filter({ secret: text }));
  secret.input.dataset.search = "";
  secret.input.setAttribute("aria-keyshortcuts", "/");
  const principal = search("Principals", "Name, policy or owner", (text) =>
    store.filter({ principal: text }),
  );
  const system = select(
    "System",
    [["", "All systems"], ...systemsOf(matrix).map((name) => [name, name] as const)],
    (value) => store.filter({ system: value }),
  );
  const may = select("May", [["", "Anything"]], (value) => store.filter({ may: value }));
  may.input.append(options("Secrets", SECRET_SLOTS), options("API paths", PATH_SLOTS));
  const show = select("Show", SHOWS, (value) => store.filter({ show: value as Filter["show"] }));
  const compares = matrix.before !== undefined;
  const fields = [secret.field, principal.field, system.field, may.field, ...(compares ? [show.field] : [])];
  const fill = (): void => {
    const { filter } = store.state;
    // What is being typed stays as it is typed.
    for (const [key, { input }] of Object.entries({ secret, principal, system, may, show })) {
      const value = filter[key as keyof Filter];
      if (input.value !== value) input.value = value;
    }
  };
  store.onChange(fill);
  fill();
  return h(
    "form",
    { class: "toolbar", role: "search", submit: (event: Event) => event.preventDefault() },
    ...fields,
  );
}

/** Takes every question back; there is nothing to take back where none was asked. */
export function clearButton(store: Store): HTMLElement {
  const button = h(
    "button",
    { type: "button", class: "quiet clear", click: () => store.clearFilter() },
    "Clear filters",
  );
  const fill = (): void => {
    const { filter } = store.state;
    button.hidden = Object.values(filter).every((value) => value === "");
  };
  store.onChange(fill);
  fill();
  return button;
}

/** A field whose words are asked for when the typing stops. */
export function search(label: string, placeholder: string, ask: (text: string) => void) {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const input = h("input", {
    type: "search",
    placeholder,
    autocomplete: "off",
    spellcheck: "false",
    input: () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => ask(input.value), 80);
    },
  });
  return { input, field: field(label, input) };
}

function select(
  label: string,
  choices: readonly (readonly [string, string])[],
  choose: (value: string) => void,
) {
  const input = h(
    "select",
    { change: () => choose(input.value) },
    ...choices.map(([value, text]) => h("option", { value }, text)),
  );
  return { input, field: field(label, input) };
}

function options(label: string, slots: readonly Slot[]): HTMLElement {
  const parts = slots.flatMap((slot) => slot.parts);
  return h("optgroup", { label }, ...parts.map(({ id, words }) => h("option", { value: id }, words)));
}

function field(label: string, input: HTMLElement): HTMLElement {
  return h("label", { class: "field" }, h("span", {}, label), input);
}

function systemsOf(matrix: Matrix): string[] {
  return [...new Set(matrix.rows.flatMap(({ system }) => system ?? []))].sort();
}
